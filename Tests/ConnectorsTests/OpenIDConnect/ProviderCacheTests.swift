import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("What is known of providers")
struct ProviderCacheTests {
    private let provider = EntraCloud.global.authority.provider(.organizations)
    private let other = EntraCloud.china.authority.provider(.organizations)
    private let start = TokenMaker.now

    private func keys(_ keyID: String) throws -> IDTokenKeySet {
        IDTokenKeySet([IDTokenKey(try KeyFixture.cobrowse.publicKey, keyID: keyID)])
    }

    /// The advice in one word, and the names of the keys that come with it.
    private func advice(_ cache: inout ProviderCache, _ keyID: String?, after seconds: Int64) -> String {
        switch cache.advice(for: provider, keyID: keyID, now: start.adding(seconds: seconds)) {
        case .use(let keys): "use \(names(keys))"
        case .fetch(let fallback): "fetch \(fallback.map(names) ?? "-")"
        }
    }

    private func names(_ keys: IDTokenKeySet) -> String { keys.keys.map { $0.keyID ?? "" }.joined(separator: ",") }

    @Test("is fetched at first, used for a day, then fetched again")
    func day() throws {
        var cache = ProviderCache()
        #expect(advice(&cache, "a", after: 0) == "fetch -")
        cache.keep(try keys("a"), of: provider, now: start)
        #expect(advice(&cache, "a", after: 0) == "use a")
        #expect(advice(&cache, "a", after: 86_399) == "use a")
        #expect(advice(&cache, "a", after: 86_400) == "fetch a")
        #expect(cache.keys(of: provider, for: "a", now: start.adding(seconds: 86_399)) != nil)
        #expect(cache.keys(of: provider, for: "a", now: start.adding(seconds: 86_400)) == nil)
        #expect(cache.keys(of: other, for: "a", now: start) == nil)
    }

    @Test("is fetched for an unknown key at once, and then not for five minutes, however many names come")
    func unknownKeys() throws {
        var cache = ProviderCache()
        cache.keep(try keys("a"), of: provider, now: start)
        #expect(advice(&cache, "b", after: 1) == "fetch a")
        cache.keep(try keys("a"), of: provider, now: start.adding(seconds: 1))
        let flood = (2..<301).map { advice(&cache, "name-\($0)", after: $0) }
        #expect(flood.allSatisfy { $0 == "use a" })
        #expect(advice(&cache, nil, after: 300) == "use a")
        #expect(advice(&cache, "c", after: 301) == "fetch a")
    }

    @Test("stays in use while fetching fails, and is tried again after five minutes")
    func outage() throws {
        var cache = ProviderCache()
        cache.keep(try keys("a"), of: provider, now: start)
        #expect(advice(&cache, "a", after: 100_000) == "fetch a")
        cache.noteFailure(of: provider, now: start.adding(seconds: 100_000))
        #expect(advice(&cache, "a", after: 100_001) == "use a")
        #expect(advice(&cache, "b", after: 100_299) == "use a")
        #expect(advice(&cache, "a", after: 100_300) == "fetch a")
        cache.keep(try keys("b"), of: provider, now: start.adding(seconds: 100_300))
        #expect(advice(&cache, "b", after: 100_301) == "use b")
    }

    @Test("is not thought good for longer because a clock was set back")
    func clock() throws {
        var cache = ProviderCache()
        cache.keep(try keys("a"), of: provider, now: start)
        #expect(advice(&cache, "a", after: -1) == "fetch a")
    }

    @Test("remembers no failure of a provider that nothing is known of")
    func failure() {
        var cache = ProviderCache()
        cache.noteFailure(of: provider, now: start)
        #expect(advice(&cache, "a", after: 1) == "fetch -")
    }
}
