import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A damaged token")
struct TokenFuzzTests {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=".utf8)

    /// Tokens that between them have everything a token may have, none of it long.
    private static func seeds() throws -> [[UInt8]] {
        let maker = try TokenMaker()
        return try [
            maker.token(),
            maker.token(
                header: #"{"alg":"RS256","kid":"a"}"#,
                [
                    "aud": #"["https://cobrowse.io"]"#, "nbf": "1799999990.5", "role": "null",
                    "policy": #"{"version":3}"#,
                ]),
            maker.token([
                "displayName": #""\u00e9\ud83d\ude00""#,
                "salesforce": #"{"emailVerified":true,"permissionSets":["a"]}"#,
            ]),
        ].map { Array($0.utf8) }
    }

    @Test("never traps, and is never accepted unless nothing has changed", arguments: [1, 2, 3] as [UInt64])
    func form(_ seed: UInt64) throws {
        let (seeds, verifier, keys) = (try Self.seeds(), try TokenVerifier(), try KeyFixture.cobrowse.keySet)
        var random = SeededGenerator(seed: seed)
        var (changed, wellFormed, accepted) = (0, 0, 0)
        for round in 0..<15_000 {
            let seed = seeds[round % seeds.count]
            var bytes = seed
            for _ in 0...random.below(3) {
                Mutation.apply(to: &bytes, alphabet: round % 4 == 0 ? [] : Self.alphabet, using: &random)
            }
            if bytes != seed { changed += 1 }
            guard let token = try? UnverifiedToken(bytes.span) else { continue }
            wellFormed += 1
            guard (try? verifier.verify(token, keys: keys, now: TokenMaker.now)) != nil else { continue }
            accepted += 1
            if bytes != seed { Issue.record("accepted after damage: \(String(decoding: bytes, as: UTF8.self))") }
        }
        #expect(changed > 14_400)
        #expect(wellFormed > 600)
        #expect(accepted <= 15_000 - changed)
    }

    @Test("in header or claims never traps, whatever the text has become")
    func content() throws {
        let seeds = try Self.seeds().map { try UnverifiedToken($0.span) }
        let alphabet = Array("{}[]:,\"\\ truefalsn0123456789.eE+-issubaudexpiatrole\u{0}é😀".utf8)
        var random = SeededGenerator(seed: 7519)
        var wellFormed = 0
        for round in 0..<15_000 {
            let seed = seeds[round % seeds.count]
            var (header, payload) = (seed.unverifiedHeader, seed.unverifiedPayload)
            for _ in 0...random.below(3) {
                if random.below(4) == 0 {
                    Mutation.apply(to: &header, alphabet: alphabet, using: &random)
                } else {
                    Mutation.apply(to: &payload, alphabet: alphabet, using: &random)
                }
            }
            let token = "\(Base64URL.encode(header)).\(Base64URL.encode(payload)).AAAA"
            do throws(TokenRefusal) {
                _ = try UnverifiedToken(token).unverifiedIssuer
                wellFormed += 1
            } catch {
                if error.detail.isEmpty || error.detail.utf8.count > 2000 { Issue.record("\(error)") }
            }
        }
        #expect(wellFormed > 300)
    }
}
