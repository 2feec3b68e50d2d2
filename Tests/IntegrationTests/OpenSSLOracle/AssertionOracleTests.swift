import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("Client assertions, judged by openssl", .serialized, .blocking)
struct AssertionOracleTests {
    @Test(
        "of PS256 verify there with a salt of 32 bytes and MGF1 of SHA-256", arguments: [KeyFixture.cobrowse, .rsa4096])
    func pss(_ fixture: KeyFixture) throws {
        let openssl = try OpenSSLProgram()
        let certificate = try Certificate(reading: fixture.certificateFile.bytes(), source: fixture.rawValue)
        let signer = try AssertionSigner(ClientCertificate(certificate, key: fixture.privateKey))
        let claims = AssertionClaims(
            issuer: "a", subject: "a", audience: "b", id: "c", issuedAt: TokenMaker.now, lifetime: 300)
        let compact = try signer.sign(claims).copiedBytes
        let parts = String(decoding: compact, as: UTF8.self).split(separator: ".").map(String.init)
        let key = try openssl.file("key.pem", Array(fixture.publicKey.pem.utf8))
        let signature = try openssl.file("signature", try #require(Base64URL.decode(parts[2].utf8)))
        let input = try openssl.file("input", Array("\(parts[0]).\(parts[1])".utf8))
        let options = ["rsa_padding_mode:pss", "rsa_pss_saltlen:32", "rsa_mgf1_md:sha256"].flatMap { ["-sigopt", $0] }
        let verified = try openssl.run(
            ["dgst", "-sha256"] + options + ["-verify", key, "-signature", signature, input])
        #expect(verified.isSuccess)
        let plain = try openssl.run("dgst", "-sha256", "-verify", key, "-signature", signature, input)
        #expect(!plain.isSuccess)
    }
}
