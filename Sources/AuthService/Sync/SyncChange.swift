package import BridgeCore

/// What a sync has decided about a person, to be carried out where that is stored.
package struct SyncChange: Sendable {
    /// The person inside the connection's organization.
    package let subject: String
    /// What a login would end in.
    package let outcome: RuleOutcome
    /// The decision with its facts; `sync` is its source.
    package let decision: Decision
    /// When what the CRM says can have changed at the earliest.
    package let since: Timestamp
    /// The person as they were when it was decided.
    package let seen: SyncedPerson
    /// When the reading began that it was decided by.
    package let readAt: Timestamp

    package init(
        outcome: RuleOutcome, decision: Decision, since: Timestamp, seen: SyncedPerson, readAt: Timestamp
    ) {
        subject = seen.subject
        self.outcome = outcome
        self.decision = decision
        self.since = since
        self.seen = seen
        self.readAt = readAt
    }

    /// What is to be written, by what the store holds of the person at that moment.
    ///
    /// - Parameters:
    ///   - person: `nil` where the person is gone.
    ///   - hasSignedIn: whether a CRM has let the person in since `readAt`: that is newer than what was read.
    ///   - hasOtherAdministrator: whether the tenant has an active administrator besides the account.
    package func result(
        for person: SyncedPerson?, hasSignedIn: Bool = false, hasOtherAdministrator: Bool, _ stamp: AuditStamp
    ) -> SyncResult {
        guard let person, let step = person.step(by: outcome) else { return .nothing }
        guard person.stands(as: seen), !hasSignedIn else { return .leftToNext }
        let before = person.account
        var after = before
        switch step {
        case .suspend:
            if let other = person.otherRole { after.role = min(before.role, other) } else { after.status = .suspended }
        case .lower(let role): after.role = min(before.role, max(role, person.otherRole ?? role))
        case .restore(let role):
            after.status = .active
            // An account that is open has its role by another way in, which this one takes nothing from.
            if before.status == .suspended { after.role = min(before.role, role) }
        }
        if before.isActiveAdministrator, !after.isActiveAdministrator, !hasOtherAdministrator {
            return .keptLastAdministrator(before)
        }
        return .done(SyncEffect(subject, step, from: before, to: after, decision, since: since, stamp))
    }
}

/// What became of a change.
package enum SyncResult: Sendable {
    /// It was not needed any more.
    case nothing
    /// Somebody has signed in or was changed since it was decided: the next sync reads anew.
    case leftToNext
    /// It would have taken the tenant's last administrator, whose account stays as it is.
    case keptLastAdministrator(Account)
    case done(SyncEffect)

    /// What was changed; `nil` for nothing.
    package var effect: SyncEffect? {
        if case .done(let effect) = self { effect } else { nil }
    }
}

/// What a sync has changed about an account: written with its decision, its audit line and its revocation, or not at all.
package struct SyncEffect: Sendable {
    /// The person inside the connection's organization.
    package let subject: String
    package let step: SyncStep
    package let before: Account
    package let after: Account
    /// Whether it closes the account, and not one of several ways in alone.
    package var closesAccount: Bool { before.status != .suspended && after.status == .suspended }
    /// Whether the account can do less afterwards, or can be entered by one way less.
    package var takes: Bool { Self.takes(step, before, after) }
    /// Takes back what was issued until now; `nil` where nothing was taken.
    package let revocation: Revocation?
    package let decision: Decision
    package let entry: AuditEntry
    /// Between what changed in the CRM and its effect here, in milliseconds; the longest that it can have been.
    package let delay: Int64

    fileprivate init(
        _ subject: String, _ step: SyncStep, from before: Account, to after: Account, _ decision: Decision,
        since: Timestamp, _ stamp: AuditStamp
    ) {
        self.subject = subject
        self.step = step
        self.before = before
        self.after = after
        self.decision = decision
        revocation = Self.takes(step, before, after) ? Revocation(.account, before.id, issuedBefore: stamp.time) : nil
        delay = max(0, stamp.time.milliseconds - max(since, before.lastLoginAt).milliseconds)
        var entry = AuditEntry(
            step.action(from: before, to: after), stamp, license: before.license,
            before: before.changeable, after: after.changeable)
        entry.account = before.id
        entry.code = step.code
        entry.decisionID = decision.id
        self.entry = entry
    }

    private static func takes(_ step: SyncStep, _ before: Account, _ after: Account) -> Bool {
        switch step {
        case .suspend: true
        case .lower: after.role < before.role
        case .restore: false
        }
    }
}

extension SyncStep {
    /// Why a way in was closed.
    package var code: ReasonCode? {
        if case .suspend(let code) = self { code } else { nil }
    }

    /// The role that the CRM gives; `nil` where it gives none.
    package var role: Role? {
        switch self {
        case .suspend: nil
        case .lower(let role), .restore(let role): role
        }
    }

    /// As reports name it.
    package var name: String {
        switch self {
        case .suspend: "suspend"
        case .lower: "lower"
        case .restore: "restore"
        }
    }

    /// `account.suspend`, `account.restore`, `account.change`; `identity.suspend`, `identity.restore` and `identity.change`
    /// where the account stays what it is, because it has another way in; `account.change`, too, where it loses the role
    /// that the way had given which is closed.
    fileprivate func action(from before: Account, to after: Account) -> String {
        switch self {
        case .suspend where before.role != after.role: "account.change"
        case .suspend: before.status != after.status ? "account.suspend" : "identity.suspend"
        case .restore: before.status != after.status ? "account.restore" : "identity.restore"
        case .lower: before.role != after.role ? "account.change" : "identity.change"
        }
    }
}
