internal import BridgeCore
internal import BridgeCrypto
internal import BridgeTesting

extension FuzzTarget {
    /// Certificates, keys and what is taken for them, as files of any kind.
    static var certificate: FuzzTarget {
        FuzzTarget(
            name: "certificate",
            folders: ["Certificates/salesforce", "Certificates/weak", "Certificates/foreign", "Certificates/keys"],
            endings: [], repair: { _, _ in false }, parse: find, hostile: HostileText.all)
    }

    /// Text that has to be repaired before it can be read.
    static var text: FuzzTarget {
        FuzzTarget(
            name: "text", folders: ["Tests/Vectors/Corpus/certificates", "Certificates/shapes"], endings: [],
            repair: { _, _ in false }, parse: find)
    }

    /// PKCS#7, DER.
    static var pkcs7: FuzzTarget {
        FuzzTarget(
            name: "pkcs7", folders: ["Tests/Vectors/Corpus/pkcs7", "Certificates/shapes"], endings: [".p7b", ".p7c"],
            repair: { _, _ in false }, parse: find)
    }

    private static func find(_ bytes: [UInt8]) -> ReasonCode? {
        do throws(CryptoError) {
            let certificate = try? Certificate.find(in: bytes, source: "case")
            if let certificate { touch(certificate.content) }
            let key = try FoundKey.find(in: bytes, source: "case")
            for remark in key.remarks + (certificate?.remarks ?? []) { check(remark) }
            return nil
        } catch {
            return error.code
        }
    }

    /// Reads what a command would show, which is parsed late.
    private static func touch(_ certificate: Certificate) {
        _ = CertificateWarnings.all(certificate, now: Timestamp(seconds: 1_800_000_000))
        _ = (certificate.issuer, certificate.serialNumber, try? certificate.publicKeyPEM())
    }

    /// A remark never shows what a file holds: no name is longer than a line, and nothing of a key is a name.
    private static func check(_ remark: FileRemark) {
        precondition(remark.text.utf8.count < 2000, "a remark of \(remark.text.utf8.count) bytes")
        precondition(!remark.text.contains("MII"), "a remark with DER in base64")
    }
}
