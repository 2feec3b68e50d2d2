import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A private key")
struct PrivateKeyTests {
    private static let passphrase = "test-only-passphrase"

    static let forms = [
        "salesforce/CobrowseIO-TEST-ONLY.key.pem", "keys/CobrowseIO-pkcs1-TEST-ONLY.key.pem",
        "keys/CobrowseIO-pkcs1-TEST-ONLY.key.der", "keys/CobrowseIO-pkcs8-TEST-ONLY.key.der",
        "keys/CobrowseIO-crlf-TEST-ONLY.key.pem", "keys/CobrowseIO-certificate-and-key-TEST-ONLY.pem",
        "keys/CobrowseIO-key-and-certificate-TEST-ONLY.pem", "keys/CobrowseIO-encrypted-TEST-ONLY.key.pem",
        "keys/CobrowseIO-pkcs1-encrypted-TEST-ONLY.key.pem",
    ]

    @Test("is the same key in every form", arguments: forms)
    func form(_ path: String) throws {
        let secret = Secret(Array(Self.passphrase.utf8))
        let key = try RSAPrivateKey(reading: try bytes(path), passphrase: secret, source: path)
        let expected = try KeyFixture.cobrowse.privateKey
        #expect(key.publicKey == expected.publicKey)
        let input = Array("what is signed".utf8)
        #expect(try TokenSigner(key).signature(over: input.span) == TokenSigner(expected).signature(over: input.span))
    }

    static let encrypted = forms.filter { $0.contains("encrypted") }

    @Test(
        "that is encrypted opens with its passphrase and no other", arguments: encrypted,
        ["", "x", "test-only-passphras", "test-only-passphrase ", String(repeating: "y", count: 5000)])
    func wrongPassphrase(_ path: String, _ phrase: String) throws {
        let content = try bytes(path)
        let error = cryptoError { () throws(CryptoError) in
            _ = try RSAPrivateKey(reading: content, passphrase: Secret(Array(phrase.utf8)), source: path)
        }
        #expect(error?.code == .passwordWrong)
        let shown = "\(error?.detail ?? "") \(error?.hint ?? "") \(error?.underlying ?? [])"
        #expect(!shown.contains(Self.passphrase))
    }

    @Test("that is encrypted says so when no passphrase is given", arguments: encrypted)
    func noPassphrase(_ path: String) throws {
        let content = try bytes(path)
        let error = cryptoError { () throws(CryptoError) in _ = try RSAPrivateKey(reading: content, source: path) }
        #expect(error?.code == .passwordWrong)
        #expect(error?.detail.contains("no passphrase was given") == true)
    }

    @Test("that is damaged is refused, wherever it is cut off")
    func truncated() throws {
        for path in ["salesforce/CobrowseIO-TEST-ONLY.key.pem", "keys/CobrowseIO-pkcs8-TEST-ONLY.key.der"] {
            let content = try bytes(path)
            for count in stride(from: 0, to: content.count - 40, by: 97) {
                let error = cryptoError { () throws(CryptoError) in
                    _ = try RSAPrivateKey(reading: Array(content[..<count]), source: path)
                }
                #expect(error?.code == .certificateMalformed, "\(path) cut after \(count) bytes")
            }
        }
    }

    @Test("is never printed")
    func hidden() throws {
        let key = try KeyFixture.cobrowse.privateKey
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), "\([key])", dumped] {
            #expect(text.contains("RSA private key \(key.publicKey.thumbprint)"))
            #expect(text.utf8.count < 120)
        }
    }

    @Test("is exported as PKCS#8 and reads back")
    func export() throws {
        let key = try KeyFixture.cobrowse.privateKey
        let pem = try key.exportPEM().withBytes { bytes in bytes.indices.map { bytes[$0] } }
        #expect(String(decoding: pem, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try RSAPrivateKey(reading: pem, source: "export").publicKey == key.publicKey)
    }

    @Test("is made in the sizes that Salesforce knows, with exponent 65537")
    func generate() throws {
        let key = try RSAPrivateKey.generate()
        #expect(key.publicKey.bits == 2048)
        #expect(key.publicKey.exponent == [1, 0, 1])
        for bits in [Int.min, 0, 512, 1024, 2047, 2049, 8192, Int.max] {
            let error = cryptoError { () throws(CryptoError) in _ = try RSAPrivateKey.generate(bits: bits) }
            #expect(error?.code == .keyTooSmall)
        }
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        try RepositoryFile("Certificates/\(path)").bytes()
    }
}
