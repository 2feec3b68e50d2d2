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
///
/// Entries are found by the last characters of the signature, and the digest is computed only where there is one to
/// compare it with: tokens that nobody has verified, worthless ones above all, cost no SHA-256.
public struct VerifiedTokenCache<Value>: ~Copyable {
    @usableFromInline
    struct Entry {
        @usableFromInline let value: Value
        @usableFromInline let digest: SHA256Digest
        @usableFromInline let expiresAt: Timestamp
        @usableFromInline let generation: TokenGeneration
        @usableFromInline let count: UInt64

        @usableFromInline
        init(value: Value, digest: SHA256Digest, expiresAt: Timestamp, generation: TokenGeneration, count: UInt64) {
            self.value = value
            self.digest = digest
            self.expiresAt = expiresAt
            self.generation = generation
            self.count = count
        }
    }

    // Inlinable, so that a hit is specialized for the caller's value: a third of its time would be spent on generics.
    @usableFromInline var entries: RecentMap<UInt64, Entry>

    /// Keeps up to `capacity` answers, two at least.
    @inlinable
    public init(capacity: Int) {
        entries = RecentMap(capacity: capacity)
    }

    /// How many answers are kept, those that no longer count included.
    @inlinable
    public var count: Int { entries.count }

    /// What was decided about the token `compact`, unless it has expired at `now` or its tenant has changed.
    ///
    /// - Parameter verifier: computes the digest.
    /// - Throws: `internal` when OpenSSL fails.
    @inlinable
    public mutating func value(
        for compact: Span<UInt8>, by verifier: TokenVerifier, now: Timestamp
    ) throws(CryptoError) -> Value? {
        var digest = TokenDigest()
        return try value(for: compact, &digest, by: verifier, now: now)
    }

    /// The same for whoever needs the digest besides.
    ///
    /// - Parameter digest: of `compact`; computed only where there is an entry to compare it with.
    @inlinable
    public mutating func value(
        for compact: Span<UInt8>, _ digest: inout TokenDigest, by verifier: TokenVerifier, now: Timestamp
    ) throws(CryptoError) -> Value? {
        let tail = Self.tail(compact)
        guard let entry = entries.value(for: tail) else { return nil }
        guard entry.digest == (try digest.value(of: compact, by: verifier)) else { return nil }
        // `exp` is a whole second: a token is good until the second before it ends.
        if entry.expiresAt.seconds > now.seconds, entry.generation.current == entry.count { return entry.value }
        _ = entries.remove(tail)
        return nil
    }

    /// Keeps `value` for the token `compact`, which has just been verified.
    ///
    /// - Parameters:
    ///   - digest: of `compact`, as `TokenVerifier.digest` computes it.
    ///   - count: `generation.current` as it was before anything about the tenant was looked up, so that a change
    ///     during the verification makes this a miss at once.
    @inlinable
    public mutating func insert(
        _ value: Value, for compact: Span<UInt8>, digest: SHA256Digest, token: VerifiedToken,
        generation: TokenGeneration, count: UInt64
    ) {
        let entry = Entry(
            value: value, digest: digest, expiresAt: token.expiresAt, generation: generation, count: count)
        entries.insert(entry, for: Self.tail(compact))
    }

    /// The last eight characters: 48 bits of the signature, as good as random. Of two tokens that share them the later
    /// one is kept.
    @inlinable
    static func tail(_ compact: Span<UInt8>) -> UInt64 {
        guard compact.count >= 8 else { return 0 }
        return compact.bytes.extracting(last: 8).unsafeLoadUnaligned(as: UInt64.self)
    }
}
