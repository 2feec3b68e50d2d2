internal import BridgeCore

/// Finds the account of a login: the one its identity has, the one that shares a proven address, or a new one.
///
/// The identity counts, not the address. Two identities share an account only where the address is proven for both; a
/// proof counts for the identity that it came with. A pure function of what the store knows.
package struct AccountSettlement: Sendable {
    /// The account as it is to be stored.
    package let account: Account
    /// The account as the login has it.
    package let shown: Account
    /// Whether the account is new.
    package let isNew: Bool
    /// Whether an account that was there is another now: what was answered about it holds no more.
    package let isChanged: Bool
    /// The identity that is to be stored with the account; `nil` where there is nothing new about it.
    package let identity: Identity?
    /// Whether the tenant's last administrator keeps the role that the rules no longer give.
    package let keepsLastAdministrator: Bool

    /// - Throws: `account_link_conflict`, `account_disabled`, `token_revoked`; `user_unknown` for an account that is gone,
    ///   `role_missing` for somebody whom no rule matches and who is not the last administrator.
    package static func settle(
        _ attempt: LoginAttempt, _ standing: Standing, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> AccountSettlement {
        if attempt.grant.identity.accountID != nil { return try goOn(attempt, standing, trace: &trace) }
        if let denial = attempt.grant.unmatched, !standing.isOfLastAdministrator(attempt.grant) {
            throw trace.refused(.rules, denial)
        }
        var found = try find(attempt, standing, &trace)
        let before = found.account
        if before.status == .suspended, attempt.grant.identity.isOfCRM {
            found.account.status = .active
            trace.note(.account, .warning, "the account \(before.id) was suspended by a sync: not any more")
        }
        try requireGood(found.account, attempt, &trace)
        trace.note(.account, .passed, found.isNew ? "a new account" : "the account \(found.account.id) is active")
        // Of two logins that overtook one another on their way here the later one stays the last one; but nobody is
        // let in as more than his own login gives.
        let isOvertaken = attempt.time < before.lastLoginAt
        let role = isOvertaken ? min(before.role, attempt.grant.role) : attempt.grant.role
        let keeps = keepsLastAdministrator(before, role, standing)
        if keeps {
            trace.noteLastAdministrator(attempt.grant)
        } else {
            found.account.role = role
        }
        let (own, known) = (attempt.grant.displayName, before.displayName)
        found.account.displayName = isOvertaken ? known ?? own : own ?? known
        found.account.lastLoginAt = max(before.lastLoginAt, attempt.time)
        return AccountSettlement(
            account: found.account, shown: found.account.shown(to: attempt.grant), isNew: found.isNew,
            isChanged: found.isRenamed || !before.looksLike(found.account), identity: found.identity,
            keepsLastAdministrator: keeps)
    }

    /// Refuses an account that is disabled, or whose tokens of this login's time were revoked.
    static func requireGood(
        _ account: Account, _ attempt: LoginAttempt, _ trace: inout some DecisionTrace
    ) throws(AccessDenial) {
        guard account.status == .active else { throw trace.refused(.account, .disabled(account)) }
        if attempt.isRevoked(account) {
            throw trace.refused(.revocation, .revoked("what the account \(account.id) has"))
        }
    }

    private struct Found {
        var account: Account
        let isNew: Bool
        var isRenamed = false
        let identity: Identity?
    }

    private static func find(
        _ attempt: LoginAttempt, _ standing: Standing, _ trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Found {
        if let linked = standing.linked { return try follow(linked, attempt, standing.holder, &trace) }
        if let holder = standing.holder { return try share(holder, attempt, &trace) }
        trace.note(.identity, .passed, "nobody has been seen with this identity or this address")
        let grant = attempt.grant
        let account = Account(
            id: attempt.newAccountID, license: attempt.license, email: grant.email, emailProof: grant.proof,
            displayName: grant.displayName, role: grant.role, createdAt: attempt.time, lastLoginAt: attempt.time)
        return Found(account: account, isNew: true, identity: grant.identity.isAddress ? nil : grant.identity)
    }

    /// The identity has an account. A new address of the identity is a new address of the account.
    private static func follow(
        _ linked: Standing.LinkedAccount, _ attempt: LoginAttempt, _ holder: Standing.AddressHolder?,
        _ trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Found {
        var account = linked.account
        let grant = attempt.grant
        guard account.status != .disabled else { return Found(account: account, isNew: false, identity: nil) }
        // Of an account that has lost its address, the one that is enabled again takes what is free.
        let isRenamed = linked.identityEmail != grant.email || account.isAddressReleased
        if let holder, holder.account.id != account.id, isRenamed {
            throw trace.refused(
                .identity, .conflict("the new address of this person is that of another account", over: attempt))
        }
        if isRenamed {
            trace.note(.identity, .passed, "the identity has the account \(account.id), and a new address")
            (account.email, account.emailProof) = (grant.email, grant.proof)
        } else {
            trace.note(.identity, .passed, "the identity has the account \(account.id)")
            if account.email == grant.email, grant.proof.isProven, !account.emailProof.isProven {
                account.emailProof = grant.proof
            }
        }
        let isOther = isRenamed || linked.isSuspended || linked.grantedRole.map { $0 != grant.role } ?? false
        return Found(
            account: account, isNew: false, isRenamed: isRenamed, identity: isOther ? grant.identity : nil)
    }

    /// Nobody has seen the identity, and there is an account with its address.
    private static func share(
        _ holder: Standing.AddressHolder, _ attempt: LoginAttempt, _ trace: inout some DecisionTrace
    ) throws(AccessDenial) -> Found {
        let grant = attempt.grant
        guard grant.proof.isProven, holder.account.emailProof.isProven else {
            let unproven = grant.proof.isProven ? "for the account that has it" : "for this login"
            throw trace.refused(
                .identity,
                .conflict(
                    "there is an account with this address, and the address is not proven \(unproven)", over: attempt))
        }
        guard !holder.hasRival else {
            throw trace.refused(
                .identity,
                .conflict("another user of the same organization has the account with this address", over: attempt))
        }
        trace.note(
            .identity, .passed,
            "the account \(holder.account.id) has the same proven address (\(holder.account.emailProof.rawValue))")
        return Found(
            account: holder.account, isNew: false, identity: grant.identity.isAddress ? nil : grant.identity)
    }

    private static func keepsLastAdministrator(_ account: Account, _ role: Role, _ standing: Standing) -> Bool {
        account.isActiveAdministrator && role < .administrator && !standing.hasOtherAdministrator
    }
}

extension DecisionTrace {
    /// Warns that somebody stays administrator whose login gives less.
    mutating func noteLastAdministrator(_ grant: Grant) {
        let given = grant.unmatched == nil ? "the login gives \(grant.role.rawValue)" : "the rules give no role"
        note(.lastAdministrator, .warning, "\(given), but this is the tenant's last administrator: kept")
    }
}

extension AccessDenial {
    static func disabled(_ account: Account) -> AccessDenial {
        guard account.status == .disabled else { return suspended(account) }
        return AccessDenial(
            .accountDisabled, "the account \(account.id) is disabled",
            hint: "the operator of the bridge can enable it: cobrowse-sso account enable \(account.id) --license "
                + account.license.value)
    }

    private static func suspended(_ account: Account) -> AccessDenial {
        AccessDenial(
            .accountDisabled, "the account \(account.id) is suspended: the CRM does not let this person in any more",
            hint: "why is in the decision of the sync: cobrowse-sso explain --license \(account.license) --email "
                + "\(account.email); once that is mended, sign in through the CRM")
    }

    fileprivate static func conflict(_ detail: String, over attempt: LoginAttempt) -> AccessDenial {
        AccessDenial(
            .accountLinkConflict, detail,
            hint: "an administrator decides whose the address is: correct it in the CRM; or, where the other user is "
                + "gone for good, take it from that account, and this person gets one of their own: cobrowse-sso "
                + "account disable \(attempt.grant.email) --license \(attempt.license) --release-address")
    }
}
