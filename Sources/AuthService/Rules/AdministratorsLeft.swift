package import BridgeCore

/// Whether other rules leave a tenant any administrator, by the facts of the administrators' last logins.
package struct AdministratorsLeft: Sendable {
    /// How many administrators are looked at.
    package static let limit = 100

    private let policy: AccessPolicy
    private let now: Timestamp

    /// - Parameter now: the time at which assignments are looked at.
    package init(by rules: [Rule], of license: License, now: Timestamp) {
        policy = AccessPolicy(license: license, rules: RuleSet(rules), addresses: .none)
        self.now = now
    }

    /// What has to be said where none of `administrators` would be one any more; `nil` where somebody would, or might,
    /// since nothing is stored of that person.
    ///
    /// - Parameter administrators: those that are active, at most `limit`, with the newest decision that has facts.
    package func warning(_ administrators: [(account: Account, decision: StoredDecision?)]) -> String? {
        guard let first = administrators.first?.account, !administrators.contains(where: { mayStay($0.decision) })
        else { return nil }
        guard administrators.count > 1 else {
            return "these rules do not make \(first.email), the tenant's last administrator, one: the role is kept"
        }
        let all = administrators.count < Self.limit ? "the \(administrators.count)" : "the first \(Self.limit)"
        return "these rules make none of \(all) administrators one: the last of them to sign in keeps the role"
    }

    private func mayStay(_ decision: StoredDecision?) -> Bool {
        guard let facts = (try? decision?.facts()) ?? nil else { return true }
        return (try? policy.decide(facts, now: now))?.role == .administrator
    }
}
