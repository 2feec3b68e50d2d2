internal import BridgeCore
internal import BridgeCrypto
internal import BridgeTesting

extension FuzzTarget {
    private static let folders = ["salesforce", "shapes", "weak", "foreign", "keys"].map { "Certificates/\($0)" }

    /// What is around certificates and keys: every shape of text that administrators hand in, also such as has to be
    /// repaired before it can be read.
    static var text: FuzzTarget {
        FuzzTarget(
            name: "text", seeds: { try FuzzSeed.files(in: folders + ["Tests/Vectors/Corpus/certificates"]) },
            parse: find, hostile: HostileText.all)
    }

    /// PKCS#7, DER.
    static var pkcs7: FuzzTarget {
        FuzzTarget(
            name: "pkcs7",
            seeds: {
                try FuzzSeed.files(
                    in: ["Tests/Vectors/Corpus/pkcs7", "Certificates/shapes"], endings: [".p7b", ".p7c"])
            }, parse: find)
    }

    private static func find(_ bytes: [UInt8]) -> ReasonCode? {
        do throws(CryptoError) {
            _ = try? Certificate.chain(reading: bytes, source: "case")
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
