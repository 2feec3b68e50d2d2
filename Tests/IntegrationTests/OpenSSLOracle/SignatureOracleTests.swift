import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("Signatures, judged by openssl", .serialized, .blocking)
struct SignatureOracleTests {
    static let keys: [KeyFixture] = [.cobrowse, .renewed, .rsa3072, .rsa4096, .other, .exponent3]

    @Test("of ours verify there, and not over anything else", arguments: keys)
    func ours(_ fixture: KeyFixture) throws {
        let openssl = try OpenSSLProgram()
        let key = try fixture.privateKey
        let claims = AgentClaims(
            license: "acme-test", email: "ann@example.com", displayName: "Ann é", role: .agent,
            issuedAt: TokenMaker.now, expiresAt: TokenMaker.now.adding(seconds: 900))
        let parts = try TokenSigner(key, keyID: "a").sign(claims).split(separator: ".").map(String.init)
        let publicKey = try openssl.file("key.pem", Array(key.publicKey.pem.utf8))
        let signature = try openssl.file("signature", try #require(Base64URL.decode(parts[2].utf8)))
        let input = try openssl.file("input", Array("\(parts[0]).\(parts[1])".utf8))
        #expect(try openssl.run("dgst", "-sha256", "-verify", publicKey, "-signature", signature, input).isSuccess)
        let other = try openssl.file("other", Array("\(parts[0]).\(parts[1])A".utf8))
        #expect(try !openssl.run("dgst", "-sha256", "-verify", publicKey, "-signature", signature, other).isSuccess)
    }

    @Test("made there verify here, and are the ones we make", arguments: keys)
    func theirs(_ fixture: KeyFixture) throws {
        let openssl = try OpenSSLProgram()
        let header = Base64URL.encode(Array(TokenMaker.header.utf8))
        let input = Array("\(header).\(Base64URL.encode(Array(TokenMaker.payload().utf8)))".utf8)
        let path = try openssl.file("input", input)
        let made = try openssl.run("dgst", "-sha256", "-sign", fixture.privateKeyFile.absolutePath, path)
        #expect(made.isSuccess)
        let token = "\(String(decoding: input, as: UTF8.self)).\(Base64URL.encode(made.output))"
        let verified = try TokenVerifier().verify(
            UnverifiedToken(token), keys: fixture.keySet, now: TokenMaker.now)
        #expect(try verified.keyThumbprint == fixture.publicKey.thumbprint)
        #expect(try TokenMaker(fixture).token() == token)
    }

    @Test("with another digest or padding, made there, are refused here")
    func otherAlgorithms() throws {
        let openssl = try OpenSSLProgram()
        let header = Base64URL.encode(Array(TokenMaker.header.utf8))
        let input = "\(header).\(Base64URL.encode(Array(TokenMaker.payload().utf8)))"
        let path = try openssl.file("input", Array(input.utf8))
        let key = KeyFixture.cobrowse.privateKeyFile.absolutePath
        let runs: [[String]] = [
            ["dgst", "-sha1", "-sign", key, path], ["dgst", "-sha384", "-sign", key, path],
            ["dgst", "-sha512", "-sign", key, path], ["dgst", "-sha512-256", "-sign", key, path],
            ["dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sign", key, path],
        ]
        for run in runs {
            let made = try openssl.run(run)
            try #require(made.isSuccess && made.output.count == 256)
            let token = "\(input).\(Base64URL.encode(made.output))"
            let refusal = #expect(throws: TokenRefusal.self) {
                try TokenVerifier().verify(
                    UnverifiedToken(token), keys: KeyFixture.cobrowse.keySet, now: TokenMaker.now)
            }
            #expect(refusal == .signatureInvalid, "\(run)")
        }
    }

    @Test("of damaged bytes are accepted by both or by neither")
    func damaged() throws {
        let openssl = try OpenSSLProgram()
        let (input, key) = (Array("what is signed".utf8), try KeyFixture.cobrowse.publicKey)
        let signature = try TokenMaker().signature(over: input)
        let publicKey = try openssl.file("key.pem", Array(key.pem.utf8))
        let text = try openssl.file("input", input)
        let verifier = try TokenVerifier()
        var random = SeededGenerator(seed: 8017)
        for round in 0..<40 {
            var bytes = signature
            if round > 0 { Mutation.apply(to: &bytes, using: &random) }
            let theirs = try openssl.run(
                "dgst", "-sha256", "-verify", publicKey, "-signature", openssl.file("signature", bytes), text)
            #expect(try verifier.isSignature(bytes.span, over: input.span, by: key) == theirs.isSuccess)
            #expect(theirs.isSuccess == (bytes == signature))
        }
    }
}
