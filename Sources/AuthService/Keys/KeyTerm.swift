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

    /// What the end of a certificate, or of the trust in the key, means for tokens: one clause, `nil` before it.
    package var consequence: String? {
        let setting = "the tenant has refuseExpiredKeysAfter"
        let end = refusedFrom.map(\.description)
        return switch state {
        case .expired:
            end.map { "its tokens are accepted until \($0): \(setting)" }
                ?? "its tokens are accepted all the same: replace it where they are signed"
        case .refused: "its tokens are refused with key_retired since \(end ?? "its end"): \(setting)"
        case .retired: "the key is retired, and its tokens are refused with key_retired since \(end ?? "then")"
        case .valid, .notYetValid, .expiring: nil
        }
    }

    /// What somebody who trusts the key should know about its time, one clause; `nil` where nothing is near.
    package func warning(of key: TrustedKey, at now: Timestamp) -> String? {
        if state == .retired { return consequence }
        if state == .notYetValid, let start = key.notBefore {
            return "the certificate is not valid before \(start); its tokens are accepted all the same"
        }
        guard let end = key.notAfter, TimeLeft(from: now, to: end) < .more else { return nil }
        let words = "the certificate \(TimeLeft.words(from: now, to: end))"
        return consequence.map { "\(words); \($0)" } ?? words
    }
}
