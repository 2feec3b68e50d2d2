package import BridgeCore

/// What other rules would change for the people of a tenant, from the facts of their last logins.
///
/// Takes one account at a time and keeps only counts, however many there are.
package struct RulePreview: Sendable {
    private let before: AccessPolicy
    private let after: AccessPolicy
    private let now: Timestamp
    package private(set) var counts = Counts()

    /// How many people there are of each kind.
    package struct Counts: Sendable, Hashable {
        /// All that were looked at.
        package var accounts = 0
        /// Refused now, let in then.
        package var gains = 0
        /// Let in now, refused then.
        package var losses = 0
        /// Administrators then that are none now; those that gain as administrators count here as well.
        package var newAdministrators = 0
        /// Administrators now that would be agents.
        package var newAgents = 0
        /// Administrators with the new rules, for the question whether any is left.
        package var administrators = 0
        /// No facts are stored of them: their next login will tell.
        package var unknown = 0
        /// Disabled accounts, which no rule lets in.
        package var disabled = 0

        package init() {}
    }

    /// A person for whom something would change.
    package struct Change: Sendable, Hashable {
        package let email: EmailAddress
        package let accountID: String
        package let kind: Kind
        package let before: RuleOutcome
        package let after: RuleOutcome

        /// What it means for the person.
        package enum Kind: String, Sendable, Hashable {
            case gains, loses, becomesAdministrator, becomesAgent
        }
    }

    /// - Parameters:
    ///   - addresses: whom the operator lets in; the same before and after.
    ///   - now: the time at which assignments are looked at.
    package init(
        from old: [Rule], to new: [Rule], of license: License, addresses: AddressRules, now: Timestamp
    ) {
        before = AccessPolicy(license: license, rules: RuleSet(old), addresses: addresses)
        after = AccessPolicy(license: license, rules: RuleSet(new), addresses: addresses)
        self.now = now
    }

    /// Counts an account; returns what would change for the person, `nil` for nothing.
    ///
    /// - Parameter facts: those of the newest decision about the account; `nil` where none are stored.
    package mutating func add(_ account: Account, facts: LoginFacts?) -> Change? {
        counts.accounts += 1
        guard account.status == .active else {
            counts.disabled += 1
            return nil
        }
        guard let facts else {
            counts.unknown += 1
            return nil
        }
        let (old, new) = (outcome(before, facts), outcome(after, facts))
        if new.role == .administrator { counts.administrators += 1 }
        guard let kind = kind(old.role, new.role) else { return nil }
        return Change(email: account.email, accountID: account.id, kind: kind, before: old, after: new)
    }

    private func outcome(_ policy: AccessPolicy, _ facts: LoginFacts) -> RuleOutcome {
        do throws(AccessDenial) {
            return .role(try policy.decide(facts, now: now).role)
        } catch {
            return .denial(error.code)
        }
    }

    private mutating func kind(_ old: Role?, _ new: Role?) -> Change.Kind? {
        guard old != new else { return nil }
        if old == nil { counts.gains += 1 }
        guard let new else {
            counts.losses += 1
            return .loses
        }
        switch new {
        case .administrator:
            counts.newAdministrators += 1
            return .becomesAdministrator
        case .agent:
            guard old != nil else { return .gains }
            counts.newAgents += 1
            return .becomesAgent
        }
    }
}
