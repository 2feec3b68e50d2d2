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
/// expires, judged again at every hit, and while its tenant's generation stands. What has not been used for longest
/// makes room for what is new. One for each thread or actor, like `TokenVerifier`; the generations are shared.
public struct VerifiedTokenCache<Value>: ~Copyable {
    @usableFromInline
    struct Entry {
        @usableFromInline let value: Value
        @usableFromInline let expiresAt: Timestamp
        @usableFromInline let generation: TokenGeneration
        @usableFromInline let count: UInt64

        @usableFromInline
        init(value: Value, expiresAt: Timestamp, generation: TokenGeneration, count: UInt64) {
            self.value = value
            self.expiresAt = expiresAt
            self.generation = generation
            self.count = count
        }
    }

    // Inlinable, so that a hit is specialized for the caller's value: a third of its time would be spent on generics.
    @usableFromInline var entries: RecentMap<SHA256Digest, Entry>

    /// Keeps up to `capacity` answers, two at least.
    @inlinable
    public init(capacity: Int) {
        entries = RecentMap(capacity: capacity)
    }

    /// How many answers are kept, those that no longer count included.
    @inlinable
    public var count: Int { entries.count }

    /// What was decided about the token with `digest`, unless it has expired at `now` or its tenant has changed.
    @inlinable
    public mutating func value(for digest: SHA256Digest, now: Timestamp) -> Value? {
        guard let entry = entries.value(for: digest) else { return nil }
        // `exp` is a whole second: a token is good until the second before it ends.
        if entry.expiresAt.seconds > now.seconds, entry.generation.current == entry.count { return entry.value }
        _ = entries.remove(digest)
        return nil
    }

    /// Keeps `value` for a token that has just been verified.
    ///
    /// - Parameter count: `generation.current` as it was before anything about the tenant was looked up, so that a
    ///   change during the verification makes this a miss at once.
    @inlinable
    public mutating func insert(
        _ value: Value, for digest: SHA256Digest, token: VerifiedToken, generation: TokenGeneration, count: UInt64
    ) {
        let entry = Entry(value: value, expiresAt: token.expiresAt, generation: generation, count: count)
        entries.insert(entry, for: digest)
    }
}
