package import BridgeCore
internal import Synchronization

/// The revocations of a tenant as logins ask for them, exact and in O(1); shared by all threads.
///
/// The table is behind a lock that is held for a look-up, for one insertion, or for tidying up one chunk of 64 KiB. One
/// atomic byte says which kinds there are at all, so that a login without any of them waits for nobody. A million token
/// digests take 53 MiB, a million addresses of 40 bytes 60 MiB.
package final class RevocationSet: Sendable {
    private let table = Mutex(RevocationTable())
    /// A bit for each kind that has a record, by its number.
    private let kinds = Atomic<UInt8>(0)
    /// `issuedBefore` of the revocation of everything, in seconds; the smallest number where there is none.
    private let everythingBefore = Atomic<Int64>(.min)

    /// Starts with `revocations`.
    package init(_ revocations: [Revocation] = []) {
        table.withLock { $0.reserve(revocations.count) }
        for revocation in revocations { insert(revocation) }
    }

    /// Adds a revocation, which holds for every look-up that begins after this returns; of two with the same name the
    /// later time holds.
    ///
    /// - Returns: whether anything is covered that was not before.
    @discardableResult
    package func insert(_ revocation: Revocation) -> Bool {
        guard let number = revocation.kind.number else {
            let seconds = revocation.issuedBefore.seconds
            return everythingBefore.max(seconds, ordering: .acquiringAndReleasing).oldValue < seconds
        }
        let time = UInt32(clamping: revocation.issuedBefore.seconds)
        let isNew = revocation.kind.withKey(of: revocation.value) { key in
            let hash = RevocationRecords.hash(number, key)
            return table.withLock { table in
                defer { publishKinds(of: table) }
                return table.insert(number, key, hash: hash, time: time)
            }
        }
        return isNew ?? false
    }

    /// Whether a token is revoked that has `value` for `kind` and was issued then (its `iat`).
    ///
    /// - Parameter value: in the form it is compared in: `EmailAddress.value`, lower-case hexadecimal digits.
    package func covers(_ kind: Revocation.Kind, _ value: String, issuedAt: Timestamp) -> Bool {
        guard let number = kind.number else { return coversEverything(issuedAt: issuedAt) }
        guard kinds.load(ordering: .acquiring) & (1 << number) != 0 else { return false }
        let time = kind.withKey(of: value) { key in
            let hash = RevocationRecords.hash(number, key)
            return table.withLock { $0.time(number, key, hash: hash) }
        }
        guard let time, let time else { return false }
        return issuedAt.seconds < Int64(time) + kind.allowance
    }

    /// Whether everything of the tenant is revoked that was issued then (`iat`).
    package func coversEverything(issuedAt: Timestamp) -> Bool {
        issuedAt.seconds < everythingBefore.load(ordering: .acquiring)
    }

    /// Whether any token is revoked by its digest; where none is, the digest need not be computed.
    package var hasTokenDigests: Bool { has(.tokenDigest) }

    /// Whether there is any revocation of `kind`.
    package func has(_ kind: Revocation.Kind) -> Bool {
        guard let number = kind.number else { return everythingBefore.load(ordering: .acquiring) != .min }
        return kinds.load(ordering: .acquiring) & (1 << number) != 0
    }

    /// Whether there is nothing to ask for.
    package var isEmpty: Bool { kinds.load(ordering: .acquiring) == 0 && !has(.all) }

    /// Drops what can cover no valid token any more (`Revocation.expiresAt` has come).
    package func removeExpired(at now: Timestamp) {
        let limit = now.seconds - TokenTimes.longestLife - TokenTimes.skew
        let everything = everythingBefore.load(ordering: .acquiring)
        if everything <= limit, everything != .min {
            // One that was added meanwhile stays.
            _ = everythingBefore.compareExchange(expected: everything, desired: .min, ordering: .acquiringAndReleasing)
        }
        guard limit >= 0 else { return }
        var next: Int? = 0
        while let start = next {
            next = table.withLock { table in
                defer { publishKinds(of: table) }
                return table.tidy(from: start, limit: UInt32(clamping: limit))
            }
        }
    }

    /// How many revocations there are.
    package var count: Int { table.withLock { $0.count } + (has(.all) ? 1 : 0) }

    /// How much memory they take, in bytes.
    package var byteSize: Int { table.withLock { $0.byteSize } }

    private func publishKinds(of table: RevocationTable) {
        var present: UInt8 = 0
        for number in 0..<UInt8(8) where table.counts[Int(number)] > 0 { present |= 1 << number }
        if present != kinds.load(ordering: .relaxed) { kinds.store(present, ordering: .releasing) }
    }
}

extension Revocation.Kind {
    /// The kind as a record holds it, below 8; `nil` for the one that has no records.
    fileprivate var number: UInt8? {
        switch self {
        case .account: 0
        case .email: 1
        case .tokenID: 2
        case .tokenDigest: 3
        case .keyID: 4
        case .all: nil
        }
    }

    /// Calls `body` with the bytes that are kept of a value: of a digest the 32 that its digits stand for.
    ///
    /// - Returns: `nil`, `body` not called, for a value that no token can have.
    fileprivate func withKey<Result>(of value: String, _ body: (borrowing Span<UInt8>) -> Result) -> Result? {
        let text = value.utf8
        guard self == .tokenDigest else {
            return text.count <= RevocationRecords.longestValue ? body(text.span) : nil
        }
        guard text.count == 64 else { return nil }
        var digest = InlineArray<32, UInt8>(repeating: 0)
        for (index, digit) in text.enumerated() {
            guard let half = Hex.value(of: digit), !(0x41...0x46).contains(digit) else { return nil }
            digest[index / 2] = digest[index / 2] << 4 | half
        }
        return body(digest.span)
    }
}
