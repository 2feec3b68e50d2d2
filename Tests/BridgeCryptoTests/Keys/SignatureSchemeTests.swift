import BridgeCrypto
import BridgeTesting
import Testing

/// OpenSSL's own judgement of the signatures is in the integration tests; here one scheme is not taken for the other.
@Suite("A signature")
struct SignatureSchemeTests {
    private let text = Array("header.payload".utf8)

    @Test("counts for its key, its text and its scheme alone")
    func verification() throws {
        let key = try KeyFixture.cobrowse.publicKey
        let signature = try TokenSigner(try KeyFixture.cobrowse.privateKey).signature(over: text.span)
        #expect(try key.isSignature(signature, over: text, scheme: .pkcs1))
        #expect(try !key.isSignature(signature, over: text, scheme: .pss))
        #expect(try !key.isSignature(signature, over: text + [0], scheme: .pkcs1))
        #expect(try !KeyFixture.other.publicKey.isSignature(signature, over: text, scheme: .pkcs1))
        #expect(try !key.isSignature([], over: text, scheme: .pkcs1))
        #expect(try !key.isSignature(Array(signature.dropLast()), over: text, scheme: .pkcs1))
        var changed = signature
        changed[0] ^= 1
        #expect(try !key.isSignature(changed, over: text, scheme: .pkcs1))
    }

    @Test("names a certificate by its thumbprints")
    func thumbprints() throws {
        let certificate = try Certificate(reading: try KeyFixture.cobrowse.certificateFile.bytes(), source: "fixture")
        #expect(try certificate.sha1Thumbprint() == SHA1.digest(certificate.der))
        #expect(try certificate.sha256Thumbprint() == SHA256Digest(of: certificate.der).bytes)
    }
}
