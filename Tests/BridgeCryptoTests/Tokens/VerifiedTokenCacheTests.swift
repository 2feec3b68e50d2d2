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
            #expect(try value(bytes, in: &cache) == nil)
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
            1, for: token.utf8.span, digest: verifier.digest(token.utf8.span), token: accepted, generation: generation,
            count: count)
        #expect(try value(token, in: &cache) == nil)
    }

    @Test("holds no more than its capacity, and keeps what is used")
    func bound() throws {
        var cache = VerifiedTokenCache<Int>(capacity: 10)
        let token = try verified(TokenMaker().token(), keys: KeyFixture.cobrowse.keySet)
        let names = (0..<100).map { Array("token \($0) of many".utf8.reversed()) }
        for (index, name) in names.enumerated() {
            try cache.insert(
                index, for: name.span, digest: verifier.digest(name.span), token: token, generation: generation,
                count: generation.current)
            #expect(cache.count <= 10)
            #expect(try value(name, in: &cache) == index)
            #expect(try value(names[0], in: &cache) == 0)
        }
        #expect(try value(names[50], in: &cache) == nil)
    }

    @Test("tells two tokens apart that end alike, and keeps the later one")
    func sameEnd() throws {
        var cache = VerifiedTokenCache<Int>(capacity: 10)
        let token = try verified(TokenMaker().token(), keys: KeyFixture.cobrowse.keySet)
        let names = ["the first one, which ends alike", "a second one, which ends alike"].map { Array($0.utf8) }
        for (index, name) in names.enumerated() {
            try cache.insert(
                index, for: name.span, digest: verifier.digest(name.span), token: token, generation: generation,
                count: generation.current)
        }
        #expect(try value(names[0], in: &cache) == nil)
        #expect(try value(names[1], in: &cache) == 1)
    }

    private func insert<Value>(
        _ value: Value, for token: String, into cache: inout VerifiedTokenCache<Value>, of owner: TokenGeneration? = nil
    ) throws {
        let accepted = try verified(token, keys: KeyFixture.cobrowse.keySet)
        let generation = owner ?? generation
        try cache.insert(
            value, for: token.utf8.span, digest: verifier.digest(token.utf8.span), token: accepted,
            generation: generation,
            count: generation.current)
    }

    private func value<Value>(
        _ bytes: [UInt8], in cache: inout VerifiedTokenCache<Value>
    ) throws -> Value? {
        try cache.value(for: bytes.span, by: verifier, now: TokenMaker.now)
    }

    private func value<Value>(
        _ token: String, in cache: inout VerifiedTokenCache<Value>, now: Timestamp = TokenMaker.now
    ) throws -> Value? {
        try cache.value(for: token.utf8.span, by: verifier, now: now)
    }
}
