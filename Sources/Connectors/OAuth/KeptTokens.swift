internal import BridgeCore
internal import Synchronization

/// Tokens that are in memory for as long as they are fresh. One that is missing is asked for once, however many want it, and not
/// kept where anything was forgotten meanwhile.
final class KeptTokens<Key: Hashable & Sendable, Token: Sendable>: Sendable {
    /// Whether a token that was asked for at the first time is handed out at the second.
    typealias Freshness = @Sendable (Token, _ askedAt: Timestamp, _ now: Timestamp) -> Bool

    private struct State {
        var entries: RecentMap<Key, Entry>
        /// How often anything was forgotten.
        var mark: UInt64 = 0
    }

    private struct Entry {
        let token: Token
        let askedAt: Timestamp
    }

    /// A request for a token; one from before something was forgotten is another than one from after.
    private struct Request: Hashable {
        let key: Key
        let mark: UInt64
    }

    private let state: Mutex<State>
    private let requests = SharedWork<Request, Token, ConnectorError>()
    private let isFresh: Freshness

    /// - Parameter capacity: how many are kept: each environment, or org, has one.
    init(capacity: Int = 4096, isFresh: @escaping Freshness) {
        state = Mutex(State(entries: RecentMap(capacity: capacity)))
        self.isFresh = isFresh
    }

    /// The token that is kept, or the one that `ask` gets.
    ///
    /// - Throws: what `ask` throws.
    func token(
        for key: Key, now: Timestamp, asking ask: () async throws(ConnectorError) -> Token
    ) async throws(ConnectorError) -> Token {
        let (kept, mark) = state.withLock { ($0.entries.value(for: key), $0.mark) }
        if let kept, isFresh(kept.token, kept.askedAt, now) { return kept.token }
        return try await requests.join(Request(key: key, mark: mark)) { () async throws(ConnectorError) in
            let token = try await ask()
            state.withLock { state in
                guard state.mark == mark else { return }
                state.entries.insert(Entry(token: token, askedAt: now), for: key)
            }
            return token
        }
    }

    /// Forgets those of the keys that `isMeant` is true for, also those that are being asked for.
    func forget(where isMeant: (Key) -> Bool) {
        state.withLock { state in
            state.mark &+= 1
            state.entries.removeAll { key, _ in isMeant(key) }
        }
    }
}
