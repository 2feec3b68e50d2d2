package import BridgeCore

/// Why somebody was let in or not: what came in, what was looked at, and how it ended.
package struct Decision: Sendable {
    /// `dec_` and 32 hexadecimal digits (`RecordID`).
    package let id: String
    package let license: License
    package let time: Timestamp
    package let source: Source
    /// The request that asked; `nil` outside HTTP.
    package let requestID: String?
    /// What the login said of the person; `nil` where it was not believed (a token that was refused), and where an earlier
    /// decision has it (a token that the bridge signed after it).
    package let facts: LoginFacts?
    /// The address the login named, believed or not, in its compared form.
    package let email: String?
    package let outcome: Outcome
    /// Every step, in order.
    package let checks: [Check]
    /// The thumbprint of the key that signed the token; `nil` where none did, or none that is trusted.
    package let keyID: String?

    /// The way in.
    package enum Source: String, Sendable, Hashable, CaseIterable {
        case token, salesforce, dynamics, canvas, sync
        /// Somebody asked what would be.
        case hypothetical
    }

    /// How it ended.
    package enum Outcome: Sendable {
        /// - Parameters:
        ///   - rule: that decided the role; `nil` where the tenant's signer named it.
        ///   - accountID: the account, new or known; `nil` where one would be made.
        case allowed(role: Role, rule: Rule?, accountID: String?)
        ///   - fixedBy: who can do something about it; `nil` where the code tells.
        case denied(code: ReasonCode, detail: String, hint: String?, fixedBy: Fixer? = nil)
    }

    package init(
        id: String, license: License, time: Timestamp, source: Source, requestID: String?, facts: LoginFacts?,
        email: String?, outcome: Outcome, checks: [Check], keyID: String? = nil
    ) {
        self.keyID = keyID
        self.id = id
        self.license = license
        self.time = time
        self.source = source
        self.requestID = requestID
        self.facts = facts
        // As accounts are found by it; what is no address is cut, since anybody may have written it.
        self.email = email.flatMap { $0.isEmpty ? nil : EmailAddress($0)?.value ?? String($0.prefix(64)) }
        self.outcome = outcome
        self.checks = checks
    }

    /// The code of a denial.
    package var code: ReasonCode? {
        if case .denied(let code, _, _, _) = outcome { code } else { nil }
    }

    /// The account somebody was let in as.
    package var accountID: String? {
        if case .allowed(_, _, let id) = outcome { id } else { nil }
    }

    /// The line of the audit trail that belongs to it.
    package var auditEntry: AuditEntry {
        AuditEntry(
            code == nil ? "login.allow" : "login.deny", by: .login(requestID: requestID), at: time, license: license,
            account: accountID ?? email, code: code, decisionID: id)
    }
}

/// What is known of a decision before the account is: enough to write it down once it has ended.
package struct DecisionDraft: Sendable {
    package let id: String
    package let source: Decision.Source
    package let requestID: String?
    package let facts: LoginFacts?
    /// The steps so far.
    package let trace: FullTrace
    /// The thumbprint of the key that signed the token; `nil` where none did.
    package let keyID: String?

    package init(
        id: String, source: Decision.Source, requestID: String?, facts: LoginFacts?, trace: FullTrace,
        keyID: String? = nil
    ) {
        self.keyID = keyID
        self.id = id
        self.source = source
        self.requestID = requestID
        self.facts = facts
        self.trace = trace
    }

    /// The decision that it became.
    func ended(
        _ outcome: Decision.Outcome, _ attempt: LoginAttempt, checks: [Check]
    ) -> Decision {
        Decision(
            id: id, license: attempt.license, time: attempt.time, source: source, requestID: requestID, facts: facts,
            email: attempt.grant.email.value, outcome: outcome, checks: checks, keyID: keyID)
    }
}
