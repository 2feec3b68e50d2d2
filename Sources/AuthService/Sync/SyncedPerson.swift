package import BridgeCore

/// Somebody who came through a connection once, as a sync meets them in the store.
package struct SyncedPerson: Sendable, Hashable {
    /// The person inside the connection's organization: the Entra object id, or the id of the org's user.
    package let subject: String
    package let account: Account
    /// The role that the connection gave last; `nil` where nobody has written it down.
    package let grantedRole: Role?
    /// Why a sync has suspended this way in; `nil` where it is open.
    package let suspendedFor: ReasonCode?
    /// The highest role that one of the account's other open ways in gave last, `administrator` where nobody has written
    /// that down; `nil` where there is no other one.
    package let otherRole: Role?
    /// Whether the account has another way in that is open.
    package var hasOtherWay: Bool { otherRole != nil }

    package init(
        subject: String, account: Account, grantedRole: Role?, suspendedFor: ReasonCode?, otherRole: Role?
    ) {
        self.subject = subject
        self.account = account
        self.grantedRole = grantedRole
        self.suspendedFor = suspendedFor
        self.otherRole = otherRole
    }

    /// Whether the person can enter through the connection today.
    package var hasAccess: Bool { account.status != .disabled && suspendedFor == nil }

    /// Whether nothing has happened to the person, from when they were read as `other`, that a decision rests on.
    func stands(as other: SyncedPerson) -> Bool {
        account.id == other.account.id && account.status == other.account.status && account.role == other.account.role
            && grantedRole == other.grantedRole && suspendedFor == other.suspendedFor
            && otherRole == other.otherRole
    }

    /// What has to be done where a login would end in `outcome` now; `nil` for nothing.
    ///
    /// Nothing is ever done about an account that somebody has disabled. A higher role is left to the next login. What is
    /// not known, and what is wrong with the connection and not with the person, takes nothing from anybody.
    ///
    /// - Parameter doubts: what that may be otherwise by, for all that was read.
    package func step(by outcome: RuleOutcome, doubting doubts: SyncDoubts = []) -> SyncStep? {
        guard account.status != .disabled else { return nil }
        switch outcome {
        case .denial(let code):
            guard code.category == .person, code != .rolesUnavailable else { return nil }
            return suspendedFor == nil ? .suspend(code) : nil
        case .role(let role):
            // The role that this way gave last, of which no other one is known.
            let last = grantedRole ?? account.role
            // Somebody who has more than is known to be given may have it by what was not read.
            if doubts.contains(.role), role < max(last, account.role) { return nil }
            if let suspendedFor { return doubts.keepsClosed(suspendedFor) ? nil : .restore(role) }
            return role < last ? .lower(role) : nil
        }
    }
}

/// What a sync does about a person.
package enum SyncStep: Sendable, Hashable {
    /// Closes the way in, and with the last one the account.
    case suspend(ReasonCode)
    /// Takes the administrator's role, from the account as far as no other way in gives it.
    case lower(Role)
    /// Opens again what a sync has closed; the role stays what it is, or becomes a lower one.
    case restore(Role)
}
