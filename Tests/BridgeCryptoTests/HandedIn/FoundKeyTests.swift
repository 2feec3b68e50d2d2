import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("What is found in a file")
struct FoundKeyTests {
    private static func bytes(_ name: String) throws -> [UInt8] { try RepositoryFile("Certificates/\(name)").bytes() }

    private static func remarks(_ bytes: [UInt8]) throws -> [String] {
        try FoundKey.find(in: bytes, source: "FILE").remarks.map(\.text)
    }

    @Test(
        "is said without a word where it is what there is",
        arguments: [
            "salesforce/CobrowseIO.crt", "salesforce/CobrowseIO.pub.pem", "shapes/CobrowseIO.der",
            "shapes/CobrowseIO.pub.der", "shapes/bag-attributes.crt", "shapes/text-before.crt", "shapes/crlf.crt",
            "shapes/bundle-of-twice-the-same.crt", "foreign/ec-p256.crt",
        ])
    func ordinary(_ name: String) throws {
        #expect(try Self.remarks(Self.bytes(name)) == [])
    }

    /// Files that are put together, and a piece of each sentence that is said.
    static let together: [(parts: [String], words: [String])] = [
        (
            ["salesforce/CobrowseIO.crt", "salesforce/CobrowseIO.crt", "salesforce/CobrowseIO-renewed.crt"],
            ["2 different certificates; the first was taken"]
        ),
        (
            ["salesforce/CobrowseIO.crt", "salesforce/CobrowseIO-renewed.crt", "foreign/ec-p256.crt"],
            ["3 different certificates"]
        ),
        (
            ["foreign/truncated-der.crt", "salesforce/CobrowseIO.crt"],
            ["a certificate that cannot be read, passed over"]
        ),
        (
            ["foreign/truncated-der.crt", "foreign/missing-line.crt", "salesforce/CobrowseIO.crt"],
            ["2 certificates that cannot be read"]
        ),
        (["salesforce/CobrowseIO.crt", "salesforce/CobrowseIO.pub.pem"], []),
        (
            ["salesforce/CobrowseIO.crt", "keys/Other.pub.pem"],
            ["a public key of another pair besides the certificate"]
        ),
        (["salesforce/CobrowseIO.pub.pem", "keys/Other.pub.pem"], ["2 different public keys; the first was taken"]),
        (["salesforce/CobrowseIO.pub.pem", "salesforce/CobrowseIO.pub.pem"], []),
        (["salesforce/CobrowseIO.crt", "keys/CobrowseIO-encrypted-TEST-ONLY.key.pem"], ["holds a private key too"]),
        (
            ["shapes/CobrowseIO.der", "keys/CobrowseIO-pkcs8-TEST-ONLY.key.der"],
            ["bytes besides the certificate", "holds a private key too"]
        ),
        (
            ["keys/CobrowseIO-pkcs8-TEST-ONLY.key.der", "shapes/CobrowseIO.der"],
            ["bytes besides the certificate", "holds a private key too"]
        ),
        (["salesforce/CobrowseIO.crt", "foreign/CobrowseIO.csr"], []),
        (
            ["shapes/one-line.crt", "salesforce/CobrowseIO-TEST-ONLY.key.pem"],
            ["was repaired", "holds a private key too"]
        ),
    ]

    @Test("is said where something else stands beside it", arguments: together.indices)
    func choice(_ index: Int) throws {
        let row = Self.together[index]
        let remarks = try Self.remarks(row.parts.flatMap { try Self.bytes($0) })
        #expect(remarks.count == row.words.count, "\(remarks)")
        for (remark, words) in zip(remarks, row.words) { #expect(remark.contains(words)) }
    }

    @Test(
        "is never a private key, and it is warned of one however the text around it is spoilt",
        arguments: Spoiler.ofText)
    func privateKeyBeside(_ spoiler: Spoiler) throws {
        let text = String(decoding: try Self.bytes("keys/CobrowseIO-certificate-and-key-TEST-ONLY.pem"), as: UTF8.self)
        let secrets = text.split(separator: "\n").filter { $0.utf8.count == 64 }
        for last in Spoiler.ofBytes {
            let spoilt = last.spoil(String(decoding: spoiler.spoil(text), as: UTF8.self))
            let found = try FoundKey.find(in: spoilt, source: "FILE")
            guard case .certificate = found.content else { throw Unexpected() }
            #expect(found.remarks.contains { $0.text.contains("holds a private key too") }, "\(last.name)")
            for remark in found.remarks {
                #expect(!secrets.contains { remark.text.contains($0) || remark.hint?.contains($0) == true })
            }
        }
    }

    @Test("is refused where it is a private key alone, however spoilt", arguments: Spoiler.ofText)
    func privateKeyAlone(_ spoiler: Spoiler) throws {
        let text = String(decoding: try Self.bytes("salesforce/CobrowseIO-TEST-ONLY.key.pem"), as: UTF8.self)
        for last in Spoiler.ofBytes {
            let spoilt = last.spoil(String(decoding: spoiler.spoil(text), as: UTF8.self))
            for error in [
                cryptoError { () throws(CryptoError) in _ = try FoundKey.find(in: spoilt, source: "FILE") },
                cryptoError { () throws(CryptoError) in _ = try Certificate.find(in: spoilt, source: "FILE") },
            ] { #expect(error?.code == .privateKeyGiven, "\(last.name)") }
        }
    }

    @Test("is refused where a repair shows that it was changed on its way")
    func changed() throws {
        var text = try Self.bytes("shapes/one-line.crt")
        // A digit of the signature, at the end of which the DER still is what it was.
        let place = text.count - 60
        text[place] = text[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let error = #expect(throws: CryptoError.self) { try FoundKey.find(in: text, source: "FILE") }
        #expect(error?.detail == "FILE holds a certificate that was changed: its signature does not fit it")
    }

    @Test("comes out of a keystore that anybody can open, for the command that prints it")
    func openKeystore() throws {
        let bytes = try Self.bytes("keystores/empty-password-TEST-ONLY.p12")
        let found = try Certificate.find(in: bytes, source: "FILE")
        #expect(try found.content.publicKey() == KeyFixture.cobrowse.publicKey)
        #expect(found.remarks.map(\.text).joined().contains("an empty password"))
        #expect(found.remarks.map(\.text).joined().contains("holds a private key too"))
        #expect(
            cryptoError { () throws(CryptoError) in _ = try FoundKey.find(in: bytes, source: "FILE") }?.code
                == .keystoreUnsupported)
    }

    @Test("is not looked for among more certificates than anybody could mean", arguments: [1, 100, 101, 3000])
    func manyInPKCS7(_ count: Int) throws {
        let certificate = try Certificate(reading: Self.bytes("foreign/ed25519.crt"), source: "FILE")
        let file = DER.certificatesOnly([[UInt8]](repeating: certificate.der, count: count))
        let error = cryptoError { () throws(CryptoError) in _ = try Certificate.find(in: file, source: "FILE") }
        #expect((error == nil) == (count <= 100))
        #expect(error.map { $0.detail == "FILE holds \(count) certificates, more than 100 are not read" } ?? true)
    }

    @Test("is counted up to a limit in a file of many blocks")
    func manyBlocks() throws {
        let other = try Certificate(reading: Self.bytes("foreign/ed25519.crt"), source: "").pem
        let file = try Self.bytes("salesforce/CobrowseIO.crt") + Array(String(repeating: other, count: 500).utf8)
        let remarks = try Self.remarks(file)
        #expect(remarks.count == 1)
        #expect(remarks.first?.contains("the first was taken") == true)
        #expect(remarks.first.map { $0.utf8.count < 500 } == true)
    }

    private struct Unexpected: Error {}
}
