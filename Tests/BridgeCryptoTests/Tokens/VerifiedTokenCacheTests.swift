import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The cache of verified tokens")
struct VerifiedTokenCacheTests {
    private let generation = TokenGeneration()
    private let verifier: TokenVerifier

    init() throws {
        verifier = try TokenVerifier()
    }

    @Test("answers for the exact bytes and for no others")
    func exact() throws {
        let token = try TokenMaker().token()
        var cache = VerifiedTokenCache<String>(capacity: 8)
        try insert("decision", for: token, into: &cache)
        #expect(try value(token, in: &cache) == "decision")
        for other in [token + "A", String(token.dropLast()), try TokenMaker().token(["jti": #""2""#]), ""] {
            #expect(try value(other, in: &cache) == nil)
        }
        var bytes = Array(token.utf8)
        for place in bytes.indices {
            bytes[place] ^= 1
            #expect(try cache.value(for: verifier.digest(bytes.span), now: TokenMaker.now) == nil)
            bytes[place] ^= 1
        }
        #expect(try value(token, in: &cache) == "decision")
    }

    @Test("ends with the token, at the second")
    func expiry() throws {
        let token = try TokenMaker().token()
        var cache = VerifiedTokenCache<Int>(capacity: 8)
        try insert(1, for: token, into: &cache)
        #expect(try value(token, in: &cache, now: Timestamp(milliseconds: 1_800_000_889_999)) == 1)
        #expect(try value(token, in: &cache, now: Timestamp(seconds: 1_800_000_890)) == nil)
        // What was forgotten is not remembered when the clock is set back.
        #expect(try value(token, in: &cache) == nil)
        #expect(cache.count == 0)
    }

    @Test("ends when anything about the tenant changes, and only for that tenant")
    func generations() throws {
        let (mine, theirs) = (try TokenMaker().token(), try TokenMaker().token(["iss": #""other""#]))
        let other = TokenGeneration()
        var cache = VerifiedTokenCache<Int>(capacity: 8)
        try insert(1, for: mine, into: &cache)
        try insert(2, for: theirs, into: &cache, of: other)
        generation.advance()
        #expect(try value(mine, in: &cache) == nil)
        #expect(try value(theirs, in: &cache) == 2)
        try insert(3, for: mine, into: &cache)
        #expect(try value(mine, in: &cache) == 3)
    }

    @Test("does not keep an answer that was found while something changed")
    func race() throws {
        let token = try TokenMaker().token()
        var cache = VerifiedTokenCache<Int>(capacity: 8)
        let count = generation.current
        generation.advance()
        let accepted = try verified(token, keys: KeyFixture.cobrowse.keySet)
        try cache.insert(
            1, for: verifier.digest(token.utf8.span), token: accepted, generation: generation, count: count)
        #expect(try value(token, in: &cache) == nil)
    }

    @Test("holds no more than its capacity, and keeps what is used")
    func bound() throws {
        var cache = VerifiedTokenCache<Int>(capacity: 10)
        let token = try verified(TokenMaker().token(), keys: KeyFixture.cobrowse.keySet)
        let digests = try (0..<100).map { try SHA256Digest(of: [UInt8($0)]) }
        for (index, digest) in digests.enumerated() {
            cache.insert(index, for: digest, token: token, generation: generation, count: generation.current)
            #expect(cache.count <= 10)
            #expect(cache.value(for: digest, now: TokenMaker.now) == index)
            #expect(cache.value(for: digests[0], now: TokenMaker.now) == 0)
        }
        #expect(cache.value(for: digests[50], now: TokenMaker.now) == nil)
    }

    private func insert<Value>(
        _ value: Value, for token: String, into cache: inout VerifiedTokenCache<Value>, of owner: TokenGeneration? = nil
    ) throws {
        let accepted = try verified(token, keys: KeyFixture.cobrowse.keySet)
        let generation = owner ?? generation
        try cache.insert(
            value, for: verifier.digest(token.utf8.span), token: accepted, generation: generation,
            count: generation.current)
    }

    private func value<Value>(
        _ token: String, in cache: inout VerifiedTokenCache<Value>, now: Timestamp = TokenMaker.now
    ) throws -> Value? {
        try cache.value(for: verifier.digest(token.utf8.span), now: now)
    }
}
