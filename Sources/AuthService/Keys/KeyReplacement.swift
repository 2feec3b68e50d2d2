package import BridgeCore

/// The yearly change of a tenant's certificate: whether the keys that are to go are silent.
///
/// A pure judgement of what was counted. Silence only means something where somebody would have been heard: the new
/// key has to have signed for as long as the old ones have not, and no token of an old one may be alive.
package struct KeyReplacement: Sendable, Hashable {
    package let new: Seen
    /// Those to be retired, as they were given.
    package let old: [Seen]
    /// How long the silence has to be, in seconds.
    package let window: Int64
    package let verdict: Verdict

    /// A key and the decisions about its tokens within the window.
    package struct Seen: Sendable, Hashable {
        package let key: TrustedKey
        /// `nil` where there were none.
        package let use: KeyUse?
    }

    /// Whether the old keys may go.
    package enum Verdict: Sendable, Hashable {
        /// There is none that is not retired already.
        case nothingToRetire
        /// Nobody has signed with them for the whole window, and somebody has with the new one.
        case silent
        /// Tokens of the new key have not been seen.
        case newIsUnused
        /// Tokens of the new key have been seen for less than the window; the old ones may go at the earliest then.
        case newIsRecent(since: Timestamp, until: Timestamp)
        /// An old key still signs.
        case inUse(keyID: String, last: Timestamp, until: Timestamp)
    }

    /// - Parameters:
    ///   - uses: what was counted since `now` − `window`, and for the new key since it was imported.
    ///   - silence: how long the silence has to be at least; it is never less than the tenant's tokens live.
    package init(
        new: TrustedKey, old: [TrustedKey], uses: [KeyUse], silence: Int64, tokenLifetime: Int64, now: Timestamp
    ) {
        let window = max(silence, tokenLifetime)
        let begin = now.adding(seconds: -window)
        func seen(_ key: TrustedKey) -> Seen { Seen(key: key, use: uses.first { $0.keyID == key.id }) }
        self.window = window
        self.new = seen(new)
        self.old = old.map(seen)
        verdict = Self.verdict(
            self.new, self.old.filter { $0.key.retiredAt == nil }, begin: begin, window: window)
    }

    private static func verdict(_ new: Seen, _ old: [Seen], begin: Timestamp, window: Int64) -> Verdict {
        if old.isEmpty { return .nothingToRetire }
        let loudest = old.compactMap(\.use).filter { $0.last > begin }.max { $0.last < $1.last }
        if let loudest {
            return .inUse(keyID: loudest.keyID, last: loudest.last, until: loudest.last.adding(seconds: window))
        }
        guard let use = new.use else { return .newIsUnused }
        guard use.first <= begin else {
            return .newIsRecent(since: use.first, until: use.first.adding(seconds: window))
        }
        return .silent
    }

    /// The keys in force that a certificate takes the place of: those whose certificate names the same subject, or,
    /// where none does, the only other one.
    ///
    /// - Parameters:
    ///   - subject: of a certificate, DER; `nil` where it cannot be read.
    /// - Returns: none where it is anybody's guess.
    package static func candidates(
        for new: TrustedKey, among keys: [TrustedKey], subject: ([UInt8]) -> String?
    ) -> [TrustedKey] {
        let others = keys.filter { $0.id != new.id && $0.retiredAt == nil }
        let name = new.certificate.flatMap(subject)
        let namesakes = others.filter { other in name != nil && other.certificate.flatMap(subject) == name }
        if !namesakes.isEmpty { return namesakes }
        return others.count == 1 ? others : []
    }
}
