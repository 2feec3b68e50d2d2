import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("What importers refuse")
struct KeystorePreflightTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    private static func findings(
        alias: String = "cobrowseio", password: String = "secret", format: Keystore.Format = .jks,
        key: String = "salesforce/CobrowseIO-TEST-ONLY.key.pem", certificate: String = "salesforce/CobrowseIO.crt"
    ) throws -> [KeystorePreflight.Finding] {
        let keyBytes = try RepositoryFile("Certificates/\(key)").bytes()
        let certificateBytes = try RepositoryFile("Certificates/\(certificate)").bytes()
        let preflight = KeystorePreflight(
            format: format, alias: alias, password: Secret(Array(password.utf8)), now: now)
        return preflight.findings(
            key: Result { () throws(CryptoError) in try RSAPrivateKey(reading: keyBytes, source: "key") },
            chain: Result { () throws(CryptoError) in
                try Certificate.chain(reading: certificateBytes, source: "certificate")
            })
    }

    @Test(
        "leaves a good pair alone, whatever its size",
        arguments: ["salesforce/CobrowseIO", "salesforce/CobrowseIO-3072", "salesforce/CobrowseIO-4096"])
    func good(_ stem: String) throws {
        #expect(try Self.findings(key: "\(stem)-TEST-ONLY.key.pem", certificate: "\(stem).crt").isEmpty)
    }

    @Test(
        "is an alias that is no name of Salesforce's",
        arguments: [
            ("", 1), ("1a", 1), ("_a", 1), ("a_", 1), ("a__b", 1), ("a b", 1), ("a-b", 1), ("é", 2), ("1__é_", 4),
            (String(repeating: "a", count: 81), 1), ("a", 0), ("CobrowseIO_2026", 0),
        ])
    func alias(_ alias: String, _ broken: Int) throws {
        let findings = try Self.findings(alias: alias)
        #expect(findings.count == broken, "\(findings.map(\.detail))")
        #expect(findings.allSatisfy { $0.code == .configurationInvalid })
    }

    @Test(
        "is a password that Java does not open",
        arguments: [
            ("12345", Keystore.Format.jks, 1), ("123456", .jks, 0), ("", .jks, 1), ("1", .pkcs12, 0), ("", .pkcs12, 1),
            ("two\nlines", .jks, 1), ("a\u{0}bcdefg", .pkcs12, 1), ("éèàùöü", .jks, 0),
        ])
    func password(_ text: String, _ format: Keystore.Format, _ broken: Int) throws {
        #expect(try Self.findings(password: text, format: format).count == broken)
    }

    @Test(
        "is a key or certificate that does not do",
        arguments: [
            ("keys/Other-TEST-ONLY.key.pem", "salesforce/CobrowseIO.crt", [ReasonCode.conflict]),
            ("foreign/ec-p256-TEST-ONLY.key.pem", "foreign/ec-p256.crt", [.keyNotRSA]),
            ("weak/rsa-1024-TEST-ONLY.key.pem", "weak/rsa-1024.crt", [.keyTooSmall]),
            ("salesforce/CobrowseIO-TEST-ONLY.key.pem", "salesforce/CobrowseIO-expired.crt", [.certificateExpired]),
            ("salesforce/CobrowseIO-TEST-ONLY.key.pem", "foreign/garbage.crt", [.certificateMalformed]),
            ("salesforce/CobrowseIO-TEST-ONLY.key.pem", "foreign/authority-signed-chain.pem", []),
            (
                "salesforce/CobrowseIO-TEST-ONLY.key.pem", "foreign/authority-signed-chain-reversed.pem",
                [.conflict, .conflict]
            ),
        ])
    func material(_ key: String, _ certificate: String, _ codes: [ReasonCode]) throws {
        #expect(try Self.findings(key: key, certificate: certificate).map(\.code) == codes)
    }

    @Test("is named rule by rule, not one at a time")
    func all() throws {
        let findings = try Self.findings(
            alias: "1", password: "abc", key: "keys/Other-TEST-ONLY.key.pem",
            certificate: "salesforce/CobrowseIO-not-yet-valid.crt")
        #expect(findings.map(\.code).first == .conflict)
        #expect(findings.count >= 4)
        #expect(Set(findings).count == findings.count)
    }
}
