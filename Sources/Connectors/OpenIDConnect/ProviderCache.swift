package import BridgeCore
package import BridgeCrypto

/// When what is known of providers is used, and when it is fetched (Signing key rollover, Microsoft Learn).
///
/// Keys are good for a day. A token that names a key nobody knows has them fetched at once, but not within five minutes
/// of the last time that happened: a stream of invented names must not become a stream of requests. Where fetching
/// fails, the keys of before stay in use, and it is tried again after five minutes.
package struct ProviderCache {
    /// How long keys are used without asking again, in seconds.
    package static let lifetime: Int64 = 24 * 3600
    /// How long after an unknown key's name, or a failure, nothing is fetched, in seconds.
    package static let pause: Int64 = 300

    /// What is to be done about a provider.
    package enum Advice: Sendable {
        case use(IDTokenKeySet)
        /// Fetch; where that fails, `fallback` is as good as before.
        case fetch(fallback: IDTokenKeySet?)
    }

    private struct Entry {
        var keys: IDTokenKeySet
        var fetchedAt: Timestamp
        /// When keys were last fetched for an unknown name.
        var forcedAt: Timestamp?
        var failedAt: Timestamp?
    }

    private var entries: RecentMap<ProviderLocation, Entry>

    /// - Parameter capacity: how many providers are remembered: every connected tenant has one.
    package init(capacity: Int = 1024) {
        entries = RecentMap(capacity: capacity)
    }

    /// Keys that are good and have the one that `keyID` names; most tokens need no more than that.
    package mutating func keys(of provider: ProviderLocation, for keyID: String?, now: Timestamp) -> IDTokenKeySet? {
        guard let entry = entries.value(for: provider), Self.isWithin(Self.lifetime, of: entry.fetchedAt, now),
            entry.keys.holdsKey(named: keyID)
        else { return nil }
        return entry.keys
    }

    /// What to do about a token of the provider that names `keyID`.
    package mutating func advice(for provider: ProviderLocation, keyID: String?, now: Timestamp) -> Advice {
        guard var entry = entries.value(for: provider) else { return .fetch(fallback: nil) }
        if Self.isWithin(Self.pause, of: entry.failedAt, now) { return .use(entry.keys) }
        guard Self.isWithin(Self.lifetime, of: entry.fetchedAt, now) else { return .fetch(fallback: entry.keys) }
        if entry.keys.holdsKey(named: keyID) || Self.isWithin(Self.pause, of: entry.forcedAt, now) {
            return .use(entry.keys)
        }
        entry.forcedAt = now
        entries.insert(entry, for: provider)
        return .fetch(fallback: entry.keys)
    }

    /// Keeps what was fetched.
    package mutating func keep(_ keys: IDTokenKeySet, of provider: ProviderLocation, now: Timestamp) {
        let forcedAt = entries.value(for: provider)?.forcedAt
        entries.insert(Entry(keys: keys, fetchedAt: now, forcedAt: forcedAt), for: provider)
    }

    /// Notes that fetching failed.
    package mutating func noteFailure(of provider: ProviderLocation, now: Timestamp) {
        guard var entry = entries.value(for: provider) else { return }
        entry.failedAt = now
        entries.insert(entry, for: provider)
    }

    /// Whether `time` is less than `seconds` ago; a time that lies ahead, since a clock was set back, is not.
    private static func isWithin(_ seconds: Int64, of time: Timestamp?, _ now: Timestamp) -> Bool {
        guard let time else { return false }
        return time <= now && now < time.adding(seconds: seconds)
    }
}
