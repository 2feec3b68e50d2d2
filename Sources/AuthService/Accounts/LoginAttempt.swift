package import BridgeCore

/// A login that the tenant's rules let in and that has to find its account.
package struct LoginAttempt: Sendable {
    package let license: License
    package let grant: Grant
    package let time: Timestamp
    /// The id of the account should this be its first login (`acc_` and 32 hexadecimal digits, see `RecordID`).
    package let newAccountID: String
    /// What is written down of the decision once the account is settled.
    package let draft: DecisionDraft
    /// Whether the tokens of an account, among them this login's, were revoked.
    let isRevoked: @Sendable (Account) -> Bool

    package init(
        license: License, grant: Grant, time: Timestamp, newAccountID: String, draft: DecisionDraft,
        isRevoked: @escaping @Sendable (Account) -> Bool = { _ in false }
    ) {
        self.isRevoked = isRevoked
        self.license = license
        self.grant = grant
        self.time = time
        self.newAccountID = newAccountID
        self.draft = draft
    }
}

/// How a login ended, once its account was looked for.
package struct SettledLogin: Sendable {
    /// The account, or why there is none to be had.
    package let outcome: Result<AccountSettlement, AccessDenial>
    package let decision: Decision

    package init(outcome: Result<AccountSettlement, AccessDenial>, decision: Decision) {
        self.outcome = outcome
        self.decision = decision
    }
}

extension LoginAttempt {
    /// Settles the login by what the store knows; the store writes down what comes of it.
    package func settle(_ standing: Standing) -> SettledLogin {
        var trace = draft.trace
        do throws(AccessDenial) {
            let settlement = try AccountSettlement.settle(self, standing, trace: &trace)
            let account = settlement.shown
            return SettledLogin(
                outcome: .success(settlement),
                decision: draft.ended(
                    .allowed(role: account.role, rule: grant.rule, accountID: account.id), self, checks: trace.checks))
        } catch {
            return SettledLogin(
                outcome: .failure(error),
                decision: draft.ended(
                    .denied(code: error.code, detail: error.detail, hint: error.hint, fixedBy: error.fixedBy), self,
                    checks: trace.checks))
        }
    }
}
