internal import BridgeCore

extension AccountSettlement {
    /// Finds the account that the bridge signed a token for, and leaves it as it is: what it is was decided about then,
    /// and may have been decided anew since.
    static func goOn(
        _ attempt: LoginAttempt, _ standing: Standing, trace: inout some DecisionTrace
    ) throws(AccessDenial) -> AccountSettlement {
        guard var account = standing.linked?.account else {
            throw trace.refused(
                .identity,
                AccessDenial(
                    .userUnknown, "the account that the token was signed for is gone", hint: "sign in again"))
        }
        trace.note(.identity, .passed, "the token was signed for the account \(account.id)")
        try requireGood(account, attempt, &trace)
        let shown = account.shown(to: attempt.grant)
        if shown.role == attempt.grant.role {
            trace.note(.account, .passed, "the account \(account.id) is active")
        } else {
            trace.note(
                .account, .warning, "the account \(account.id) is active, and an \(account.role.rawValue)'s by now")
        }
        account.lastLoginAt = max(account.lastLoginAt, attempt.time)
        return AccountSettlement(
            account: account, shown: shown, isNew: false, isChanged: false, identity: nil,
            keepsLastAdministrator: false)
    }
}

extension Account {
    /// The account as a login has it: with no more than the login itself says, and of a token that the bridge signed with
    /// no more than the role that was given then.
    func shown(to grant: Grant) -> Account {
        var account = self
        account.role = min(account.role, grant.identity.accountID == nil ? grant.ceiling : grant.role)
        return account
    }
}
