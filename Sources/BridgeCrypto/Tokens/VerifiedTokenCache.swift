public import BridgeCore
internal import Synchronization

/// Counts the changes of one tenant: an answer that was found under an older count is not used any more.
///
/// Raise it whenever keys, rules, accounts or revocations of the tenant change; every cached token of the tenant is
/// then a miss, in all caches of the process, with the next look-up.
public final class TokenGeneration: Sendable {
    private let count = Atomic<UInt64>(0)

    public init() {}

    /// The number of changes so far.
    public var current: UInt64 { count.load(ordering: .acquiring) }

    /// Makes every older answer a miss.
    public func advance() {
        count.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }
}

/// Remembers what was decided about a token that was verified, so that the same bytes need no second RSA operation.
///
/// Only successes are kept, under the SHA-256 of the exact compact serialization. An entry counts until its token
/// expires, judged again at every hit, and while its tenant's generation stands. At most `capacity` entries are
/// kept: when a half of that has come in, the half before it is dropped, except for what was used meanwhile.
/// One for each thread or actor, like `TokenVerifier`; the generations are shared.
public struct VerifiedTokenCache<Value>: ~Copyable {
    private struct Entry {
        let value: Value
        let expiresAt: Timestamp
        let generation: TokenGeneration
        let count: UInt64
    }

    private var young: [SHA256Digest: Entry] = [:]
    private var old: [SHA256Digest: Entry] = [:]
    private let halfCapacity: Int

    /// Keeps up to `capacity` answers, two at least.
    public init(capacity: Int) {
        halfCapacity = max(1, capacity / 2)
    }

    /// How many answers are kept, those that no longer count included.
    public var count: Int { young.count + old.count }

    /// What was decided about the token with `digest`, unless it has expired at `now` or its tenant has changed.
    public mutating func value(for digest: SHA256Digest, now: Timestamp) -> Value? {
        if let entry = young[digest] {
            if isCurrent(entry, now: now) { return entry.value }
            young[digest] = nil
            return nil
        }
        guard let entry = old.removeValue(forKey: digest), isCurrent(entry, now: now) else { return nil }
        insert(entry, for: digest)
        return entry.value
    }

    /// Keeps `value` for a token that has just been verified.
    ///
    /// - Parameter count: `generation.current` as it was before anything about the tenant was looked up, so that a
    ///   change during the verification makes this a miss at once.
    public mutating func insert(
        _ value: Value, for digest: SHA256Digest, token: VerifiedToken, generation: TokenGeneration, count: UInt64
    ) {
        insert(Entry(value: value, expiresAt: token.expiresAt, generation: generation, count: count), for: digest)
    }

    private mutating func insert(_ entry: Entry, for digest: SHA256Digest) {
        if young.count >= halfCapacity {
            swap(&young, &old)
            young.removeAll(keepingCapacity: true)
        }
        young[digest] = entry
    }

    /// `exp` is a whole second: a token is good until the second before it ends.
    private func isCurrent(_ entry: Entry, now: Timestamp) -> Bool {
        entry.expiresAt.seconds > now.seconds && entry.generation.current == entry.count
    }
}
