import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A client assertion")
struct AssertionTests {
    private static let claims = AssertionClaims(
        issuer: "client", subject: "client", audience: "https://login.example/token", id: "id-1",
        issuedAt: TokenMaker.now, lifetime: 300)

    private func certificate(_ scheme: RSASignatureScheme) throws -> ClientCertificate {
        let file = KeyFixture.cobrowse.certificateFile
        return try ClientCertificate(
            Certificate(reading: file.bytes(), source: file.path), key: KeyFixture.cobrowse.privateKey, scheme: scheme)
    }

    private func parts(_ signer: AssertionSigner) throws -> [[UInt8]] {
        let compact = try signer.sign(Self.claims).copiedBytes
        return try compact.split(separator: UInt8(ascii: ".")).map { try #require(Base64URL.decode($0)) }
    }

    @Test("is PS256 with the SHA-256 thumbprint of the certificate, or RS256 with the SHA-1 one")
    func header() throws {
        let der = try certificate(.pss).certificate.der
        let new = try JSONValue(parsing: parts(AssertionSigner(certificate(.pss)))[0])
        #expect(new["alg"] == .string("PS256") && new["typ"] == .string("JWT") && new["x5t"] == nil)
        #expect(new["x5t#S256"] == .string(Base64URL.encode(try SHA256Digest(of: der).bytes)))
        let old = try JSONValue(parsing: parts(AssertionSigner(certificate(.pkcs1)))[0])
        #expect(old["alg"] == .string("RS256") && old["typ"] == .string("JWT") && old["x5t#S256"] == nil)
        #expect(old["x5t"] == .string(Base64URL.encode(SHA1.digest(der))))
        #expect(new["x5t#S256"]?.stringValue?.utf8.count == 43 && old["x5t"]?.stringValue?.utf8.count == 27)
        let plain = try JSONValue(parsing: parts(AssertionSigner(KeyFixture.cobrowse.privateKey))[0])
        #expect(plain.objectValue?.map(\.name) == ["alg", "typ"])
    }

    @Test("says whose it is, for whom, and for how long")
    func payload() throws {
        let payload = try parts(AssertionSigner(certificate(.pss)))[1]
        #expect(
            String(decoding: payload, as: UTF8.self)
                == #"{"iss":"client","sub":"client","aud":"https://login.example/token","jti":"id-1","#
                + #""iat":1800000000,"nbf":1800000000,"exp":1800000300}"#)
    }

    @Test("of RS256 is signed by the key of the certificate, and one of PS256 in another way each time")
    func signature() throws {
        let signed = try AssertionSigner(certificate(.pkcs1)).sign(Self.claims)
        let compact = signed.copiedBytes
        let dot = try #require(compact.lastIndex(of: UInt8(ascii: ".")))
        let signature = try #require(Base64URL.decode(compact[(dot + 1)...]))
        let input = Array(compact[..<dot])
        #expect(
            try TokenVerifier().isSignature(signature.span, over: input.span, by: KeyFixture.cobrowse.publicKey))
        let signer = try AssertionSigner(certificate(.pss))
        #expect(try parts(signer)[2] != parts(signer)[2])
        #expect(try parts(signer)[2].count == 256)
    }

    @Test("is not signed by a key that is not the certificate's")
    func otherKey() throws {
        let file = KeyFixture.cobrowse.certificateFile
        let certificate = try Certificate(reading: file.bytes(), source: file.path)
        let other = try KeyFixture.other.privateKey
        let error = cryptoError { () throws(CryptoError) in _ = try ClientCertificate(certificate, key: other) }
        #expect(error?.code == .certificateMalformed)
    }

    @Test("is not shown")
    func hidden() throws {
        #expect("\(try AssertionSigner(certificate(.pss)).sign(Self.claims))" == "<secret>")
    }
}
