import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A key that an administrator hands in")
struct KeyMaterialTests {
    private static func read(_ name: String) throws -> [KeyMaterial] {
        try KeyMaterial.read(try RepositoryFile("Certificates/\(name)").bytes(), source: name).materials
    }

    @Test(
        "is the same whatever it is wrapped in",
        arguments: [
            ("salesforce/CobrowseIO.crt", true), ("salesforce/CobrowseIO-expired.crt", true),
            ("salesforce/CobrowseIO.pub.pem", false), ("shapes/CobrowseIO.der", true), ("shapes/crlf.crt", true),
            ("shapes/utf8-bom.crt", true), ("shapes/text-before.crt", true), ("shapes/bag-attributes.crt", true),
            ("shapes/bundle-of-two.crt", true), ("shapes/trusted-certificate.crt", true),
            ("shapes/x509-label.crt", true),
            ("shapes/no-final-newline.crt", true), ("shapes/unwrapped.crt", true), ("shapes/76-columns.crt", true),
            ("shapes/CobrowseIO.pub.pem", false), ("shapes/CobrowseIO.pub.der", false),
            ("shapes/CobrowseIO-pkcs1.pub.pem", false), ("shapes/CobrowseIO.jwk.json", false),
            ("shapes/without-kid.jwk.json", false), ("weak/sha1.crt", true),
        ])
    func same(name: String, hasCertificate: Bool) throws {
        let material = try #require(try Self.read(name).first)
        if name != "salesforce/CobrowseIO-expired.crt" {
            #expect(material.key.thumbprint == (try KeyFixture.cobrowse.publicKey.thumbprint))
        }
        #expect((material.certificate != nil) == hasCertificate)
    }

    @Test("declares its kid where it is a JWK that has one")
    func declared() throws {
        #expect(try Self.read("shapes/CobrowseIO.jwk.json").map { $0.declaredKeyID != nil } == [true])
        #expect(try Self.read("shapes/without-kid.jwk.json").map(\.declaredKeyID) == [nil])
        #expect(try Self.read("shapes/two-keys.jwks.json").count == 2)
        #expect(try Self.read("salesforce/CobrowseIO.crt").map(\.declaredKeyID) == [nil])
    }

    @Test(
        "is refused for what it is",
        arguments: [
            ("keys/CobrowseIO-pkcs1-TEST-ONLY.key.pem", .privateKeyGiven),
            ("keys/CobrowseIO-encrypted-TEST-ONLY.key.pem", .privateKeyGiven),
            ("keys/CobrowseIO-TEST-ONLY.jwk.json", .privateKeyGiven),
            ("shapes/mixed-types.jwks.json", .privateKeyGiven),
            ("foreign/ec-p256.crt", .keyNotRSA), ("foreign/ec-p256.pub.pem", .keyNotRSA),
            ("foreign/ed25519.crt", .keyNotRSA), ("foreign/ed25519.pub.pem", .keyNotRSA),
            ("foreign/rsa-pss.pub.pem", .keyNotRSA), ("shapes/for-encryption.jwk.json", .keyNotRSA),
            ("weak/rsa-1024.crt", .keyTooSmall), ("weak/rsa-1024.pub.pem", .keyTooSmall),
            ("weak/modulus-even.crt", .keyTooSmall), ("weak/modulus-even.pub.pem", .keyTooSmall),
            ("foreign/CobrowseIO.csr", .certificateMalformed), ("foreign/login-page.crt", .certificateMalformed),
            ("foreign/empty.crt", .certificateMalformed), ("foreign/white-space.crt", .certificateMalformed),
            ("foreign/truncated.der", .certificateMalformed), ("foreign/missing-line.crt", .certificateMalformed),
            ("foreign/openssh.pub", .certificateMalformed), ("expected.json", .certificateMalformed),
        ] as [(String, ReasonCode)])
    func refused(name: String, code: ReasonCode) {
        let error = #expect(throws: CryptoError.self) { try Self.read(name) }
        #expect(error?.code == code)
        #expect(error?.detail.contains(name) == true)
    }

    @Test("is stored under its thumbprint, with the validity of its certificate")
    func stored() throws {
        let license = try #require(License("acme-test"))
        let material = try #require(try Self.read("salesforce/CobrowseIO.crt").first)
        let key = material.trusted(by: license, alias: "prod", importedAt: now)
        let expected = try KeyFixture.cobrowse.publicKey
        #expect(key.id == expected.thumbprint)
        #expect(key.publicKey == expected.subjectPublicKeyInfo)
        #expect((key.license, key.alias, key.declaredKeyID) == (license, "prod", nil))
        #expect(key.certificate == material.certificate?.der)
        #expect(key.notBefore?.description == "2025-01-01T00:00:00Z")
        #expect(key.notAfter?.description == "2125-01-01T00:00:00Z")
        #expect(key.importedAt == now)
        #expect(try TokenKey(key).key.thumbprint == expected.thumbprint)
    }

    @Test("that never should have been stored verifies nothing")
    func damaged() throws {
        let license = try #require(License("acme-test"))
        for (bytes, code) in [([], .certificateMalformed), ([0x30, 0x00], .certificateMalformed)]
            as [([UInt8], ReasonCode)]
        {
            let key = TrustedKey(
                id: "x", license: license, alias: nil, declaredKeyID: nil, publicKey: bytes, certificate: nil,
                notBefore: nil, notAfter: nil, importedAt: now)
            #expect(#expect(throws: CryptoError.self) { try TokenKey(key) }?.code == code)
        }
    }
}
