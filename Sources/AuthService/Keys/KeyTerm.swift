package import BridgeCore

/// Whether a trusted key is in force at a moment, and for how long it will be.
package struct KeyTerm: Sendable, Hashable {
    package let state: State
    /// Whole days until its certificate ends, negative after it; `nil` where it has no end.
    package let daysLeft: Int64?
    /// From when on its tokens are refused; `nil` where that is not in sight.
    package let refusedFrom: Timestamp?

    /// What a trusted key is worth.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case valid
        /// The certificate is not valid yet; tokens of the key are accepted all the same.
        case notYetValid
        /// The certificate ends within the time asked about.
        case expiring
        /// The certificate has ended; tokens of the key are accepted all the same.
        case expired
        /// The certificate ended so long ago that the tenant refuses the key (`refuseExpiredKeysAfter`).
        case refused
        /// Somebody retired it.
        case retired

        /// Whether tokens of the key are accepted.
        package var isInForce: Bool { self != .refused && self != .retired }
    }

    /// - Parameters:
    ///   - seconds: how long ahead an end counts as `expiring`.
    ///   - grace: the tenant's `refuseExpiredKeysAfter`.
    package init(
        of key: TrustedKey, at now: Timestamp, expiringWithin seconds: Int64 = 60 * 86_400,
        refusedAfterEnd grace: Int64?
    ) {
        refusedFrom = key.refusedFrom(afterEnd: grace)
        daysLeft = key.notAfter.map { end in
            let seconds = end.seconds - now.seconds
            return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        }
        if let end = key.retiredAt, end <= now {
            state = .retired
        } else if let end = refusedFrom, end <= now {
            state = .refused
        } else if let end = key.notAfter, end < now {
            state = .expired
        } else if let start = key.notBefore, start > now {
            state = .notYetValid
        } else if let end = key.notAfter, end <= now.adding(seconds: seconds) {
            state = .expiring
        } else {
            state = .valid
        }
    }
}
