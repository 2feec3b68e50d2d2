import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A signature that an RFC publishes")
struct PublishedSignatureTests {
    static let signatures = [PublishedSignature.rfc7515A2, .rfc7520Section41]

    @Test("verifies with the published key, and with nothing else", arguments: signatures)
    func verifies(_ vector: PublishedSignature) throws {
        let key = try privateKey(vector).publicKey
        let signature = try #require(Base64URL.decode(try vector.text("signature").utf8))
        let input = try vector.signingInput()
        let verifier = try TokenVerifier()
        #expect(try verifier.isSignature(signature.span, over: input.span, by: key))
        #expect(try !verifier.isSignature(signature.span, over: input.span, by: KeyFixture.other.publicKey))
        for place in [0, input.count / 2, input.count - 1] {
            var changed = input
            changed[place] ^= 1
            #expect(try !verifier.isSignature(signature.span, over: changed.span, by: key))
        }
        for place in signature.indices {
            var changed = signature
            changed[place] ^= 0x10
            #expect(try !verifier.isSignature(changed.span, over: input.span, by: key))
        }
    }

    @Test("is made again byte for byte", arguments: signatures)
    func signs(_ vector: PublishedSignature) throws {
        let input =
            "\(Base64URL.encode(Array(try vector.text("header").utf8)))."
            + Base64URL.encode(Array(try vector.text("payload").utf8))
        let signature = try TokenSigner(privateKey(vector)).signature(over: Array(input.utf8).span)
        #expect("\(input).\(Base64URL.encode(signature))" == (try vector.text("compact")))
    }

    @Test("is no agent token: RFC 7515 A.2 lacks claims, RFC 7520 4.1 has no claims at all")
    func claims() throws {
        let expected: [ReasonCode] = [.claimMissing, .tokenMalformed]
        for (vector, code) in zip(Self.signatures, expected) {
            let keys = TokenKeySet([TokenKey(try privateKey(vector).publicKey)], issuer: nil)
            #expect(try refusal(of: vector.text("compact").utf8, keys: keys)?.code == code)
        }
    }

    @Test("is refused where there is none: RFC 7515 A.5")
    func unsecured() throws {
        let vector = PublishedSignature.rfc7515A5
        let code = try refusal(of: vector.text("compact").utf8, keys: KeyFixture.cobrowse.keySet)?.code
        #expect(code?.rawValue == (try vector.text("expect")))
    }

    private func privateKey(_ vector: PublishedSignature) throws -> RSAPrivateKey {
        try PrivateJWK(value: try #require(try vector.document()["key"])).key()
    }
}
