package import BridgeCore
internal import BridgeCrypto

/// Decides as a login would, and changes nothing: for "why would this be allowed or denied".
///
/// The same functions as for a login, with a full trace, on what the store knows now.
package struct Hypothesis: Sendable {
    private let store: any AccountStore
    private let tenant: TenantState
    private let now: Timestamp

    package init(store: any AccountStore, tenant: TenantState, now: Timestamp) {
        self.store = store
        self.tenant = tenant
        self.now = now
    }

    /// What a login with the token `compact` would come to.
    package func decision(of compact: [UInt8]) async throws(StoreError) -> Decision {
        var trace = FullTrace()
        let verifier: TokenVerifier
        do throws(CryptoError) {
            verifier = try TokenVerifier()
        } catch {
            throw StoreError(.internal, error.detail)
        }
        let token: VerifiedToken
        do throws(TokenRefusal) {
            token = try verifier.verify(
                try UnverifiedToken(compact.span), keys: tenant.keys, rules: tenant.tokenRules, now: now)
        } catch {
            trace.note(.token, .failed, error.detail)
            return try decision(denied: error, facts: nil, email: RefusedTokenNames(compact)?.subject, trace)
        }
        return try await decision(by: token, token)
    }

    /// What a login of the person that `facts` describe would come to.
    package func decision(of facts: LoginFacts) async throws(StoreError) -> Decision {
        try await decision(by: LiveLogin(facts, source: .hypothetical, steps: [], at: now))
    }

    /// What a login would come to that was judged as far as the CRM has a say.
    package func decision(of login: LiveLogin) async throws(StoreError) -> Decision {
        try await decision(by: login)
    }

    private func decision(
        by evidence: some LoginEvidence, _ token: VerifiedToken? = nil
    ) async throws(StoreError) -> Decision {
        var trace = FullTrace()
        for step in evidence.steps(for: tenant, at: now) { trace.note(step) }
        let facts = evidence.facts(for: tenant)
        let grant: Grant
        do throws(AccessDenial) {
            grant = try evidence.decide(by: tenant, at: now, trace: &trace)
        } catch {
            return try decision(denied: error, facts: facts, email: evidence.email, trace)
        }
        if let token, let denial = try revocation(of: token, grant) {
            trace.note(.revocation, .failed, denial.detail)
            return try decision(denied: denial, facts: facts, email: evidence.email, trace)
        }
        let standing = try await store.standing(of: grant, in: tenant.license)
        if let denial = grant.unmatched {
            guard standing.isOfLastAdministrator(grant) else {
                return try decision(denied: denial, facts: facts, email: evidence.email, trace)
            }
            trace.letPass(.rules)
        }
        if token != nil { tenant.noteNotRevoked(&trace) }
        let attempt = LoginAttempt(
            license: tenant.license, grant: grant, time: now, newAccountID: try RecordID.make("acc_", at: now),
            draft: DecisionDraft(
                id: try RecordID.make("dec_", at: now), source: .hypothetical, requestID: nil, facts: facts,
                trace: trace),
            isRevoked: { [tenant, issuedAt = evidence.issuedAt] in tenant.revocations.covers($0, issuedAt: issuedAt) })
        let settled = attempt.settle(standing)
        guard case .success(let settlement) = settled.outcome, settlement.isNew else { return settled.decision }
        return settled.decision.withoutAccount
    }

    private func revocation(of token: VerifiedToken, _ grant: Grant) throws(StoreError) -> AccessDenial? {
        do throws(CryptoError) {
            return try tenant.revocations.check(token, of: grant.email) { () throws(CryptoError) in
                try SHA256Digest(of: token.compact)
            }
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }

    private func decision(
        denied error: any ReasonedError, facts: LoginFacts?, email: String?, _ trace: FullTrace
    ) throws(StoreError) -> Decision {
        Decision(
            id: try RecordID.make("dec_", at: now), license: tenant.license, time: now, source: .hypothetical,
            requestID: nil, facts: facts, email: email,
            outcome: .denied(
                code: error.code, detail: error.detail, hint: error.hint, fixedBy: (error as? AccessDenial)?.fixedBy),
            checks: trace.checks)
    }
}

extension Decision {
    /// The decision without the account that nobody has made.
    fileprivate var withoutAccount: Decision {
        guard case .allowed(let role, let rule, _) = outcome else { return self }
        return Decision(
            id: id, license: license, time: time, source: source, requestID: requestID, facts: facts, email: email,
            outcome: .allowed(role: role, rule: rule, accountID: nil), checks: checks)
    }
}
