package import BridgeCore
package import BridgeCrypto

/// Turns tokens, and facts that were read live, into accounts: the way of a login up to the durable account.
///
/// Shared by all threads. `LoginDesk` is the short way for logins whose tenant and account are in memory.
package final class LoginService: Sendable {
    package let directory: LoginDirectory
    let store: any AccountStore & DecisionStore
    /// How much older than now a written-down login may be before the next one is written down again, in seconds.
    private static let loginTimeResolution: Int64 = 3600

    package init(directory: LoginDirectory, store: any AccountStore & DecisionStore) {
        self.directory = directory
        self.store = store
    }

    /// Lets in the person a token speaks of, loading and writing whatever it takes; durable when it returns.
    ///
    /// - Parameter requestID: written down with the decision.
    package func admit(
        _ token: UnverifiedToken, requestID: String? = nil, now: Timestamp
    ) async throws(LoginRefusal) -> Admission<VerifiedToken> {
        let judged = try judge(token, entry: try await load(token.unverifiedIssuer), now: now)
        return try await record(judged, requestID: requestID, now: now)
    }

    /// Settles and writes down a login that was judged; durable when it returns.
    package func record<Evidence>(
        _ judged: JudgedLogin<Evidence>, requestID: String? = nil, now: Timestamp
    ) async throws(LoginRefusal) -> Admission<Evidence> {
        if let account = knownAccount(of: judged, now: now),
            let id = try note(judged, account: account, requestID: requestID, now: now)
        {
            return Admission(account: account, evidence: judged.evidence, decisionID: id, grant: judged.grant)
        }
        let mark = directory.mark(of: judged.tenant.license)
        if let denial = judged.grant.unmatched {
            try refuseKnown(judged)
            guard try await isLastAdministrator(judged) else {
                throw .person(denial, .unwritten(judged.evidence, tenant: judged.tenant))
            }
        }
        let attempt = try attempt(judged, requestID: requestID, now: now)
        let settled: SettledLogin
        do throws(StoreError) {
            settled = try await store.settle(attempt)
        } catch {
            if let admission = try await admissionOfKnown(judged, attempt, after: error) { return admission }
            // A tenant that is removed meanwhile is no tenant, for whoever signs in.
            throw error.code == .notFound ? judged.evidence.refusal(ofGoneTenant: error) : .failure(error)
        }
        switch settled.outcome {
        case .success(let settlement):
            directory.keep(KeptLogin(settlement), of: judged.grant, since: mark)
            return Admission(
                account: settlement.shown, evidence: judged.evidence, decisionID: settled.decision.id,
                grant: judged.grant)
        case .failure(let denial): throw .person(denial, .written(decisionID: settled.decision.id))
        }
    }

    /// Refuses at once whom no rule matches, and who is known to be no administrator.
    func refuseKnown(_ judged: JudgedLogin<some LoginEvidence>) throws(LoginRefusal) {
        guard let denial = judged.grant.unmatched,
            let known = directory.account(of: judged.grant, in: judged.tenant.license),
            !known.account.isActiveAdministrator
        else { return }
        throw .person(denial, .unwritten(judged.evidence, tenant: judged.tenant))
    }

    /// Whether the store knows the person as the only administrator of the tenant.
    func isLastAdministrator(_ judged: JudgedLogin<some LoginEvidence>) async throws(LoginRefusal) -> Bool {
        do throws(StoreError) {
            return try await store.standing(of: judged.grant, in: judged.tenant.license)
                .isOfLastAdministrator(judged.grant)
        } catch {
            throw .failure(error)
        }
    }

    private func attempt(
        _ judged: JudgedLogin<some LoginEvidence>, requestID: String?, now: Timestamp
    ) throws(LoginRefusal) -> LoginAttempt {
        do throws(StoreError) {
            return try judged.attempt(requestID: requestID, at: now)
        } catch {
            throw .failure(error)
        }
    }

    /// Has the decision about an admission written down behind the answer; `nil` where too many wait already.
    func note(
        _ judged: JudgedLogin<some LoginEvidence>, account: Account, requestID: String? = nil, now: Timestamp
    ) throws(LoginRefusal) -> String? {
        do throws(StoreError) {
            let known = directory.account(of: judged.grant, in: judged.tenant.license)
            let decision = try judged.decision(
                account: account, isKept: known?.isLastAdministrator ?? false, requestID: requestID, at: now)
            return store.note(decision) ? decision.id : nil
        } catch {
            throw .failure(error)
        }
    }

    /// Judges a token whose tenant is at hand; no account is looked at.
    func judge(
        _ token: UnverifiedToken, tenant: TenantState, verifier: TokenVerifier, digest: inout TokenDigest,
        now: Timestamp
    ) throws(LoginRefusal) -> JudgedLogin<VerifiedToken> {
        let verified: VerifiedToken
        do throws(TokenRefusal) {
            verified = try verifier.verify(token, keys: tenant.keys, rules: tenant.tokenRules, now: now)
        } catch {
            throw .token(error, tenant: tenant)
        }
        let grant: Grant
        do throws(AccessDenial) {
            var trace = NoTrace()
            grant = try verified.decide(by: tenant, at: now, trace: &trace)
        } catch {
            throw .person(error, .unwritten(verified, tenant: tenant))
        }
        if let denial = try revocation(of: verified, grant, tenant, verifier, &digest) {
            throw .person(denial, .unwritten(verified, tenant: tenant))
        }
        return JudgedLogin(evidence: verified, grant: grant, tenant: tenant)
    }

    private func revocation(
        of token: VerifiedToken, _ grant: Grant, _ tenant: TenantState, _ verifier: TokenVerifier,
        _ digest: inout TokenDigest
    ) throws(LoginRefusal) -> AccessDenial? {
        do throws(CryptoError) {
            return try tenant.revocations.check(token, of: grant.email) { () throws(CryptoError) in
                try digest.value(of: token.compact.span, by: verifier)
            }
        } catch {
            throw .openSSL(error)
        }
    }

    /// The account as the login has it, where it is in memory and the login would change nothing that has to be written.
    func knownAccount(of judged: JudgedLogin<some LoginEvidence>, now: Timestamp) -> Account? {
        guard let known = directory.account(of: judged.grant, in: judged.tenant.license),
            known.wouldStay(after: judged.grant), known.account.status == .active,
            now < Self.nextWrite(of: known.account),
            !judged.tenant.revocations.covers(known.account, issuedAt: judged.evidence.issuedAt)
        else { return nil }
        return known.account.shown(to: judged.grant)
    }

    /// Until when an admission holds without being looked at again, whatever its token says.
    static func end(of account: Account, _ judged: JudgedLogin<VerifiedToken>) -> Timestamp {
        [nextWrite(of: account), judged.grant.validUntil, judged.token.keyRefusedFrom].compactMap(\.self).min()
            ?? nextWrite(of: account)
    }

    private static func nextWrite(of account: Account) -> Timestamp {
        account.lastLoginAt.adding(seconds: loginTimeResolution)
    }

    func load(_ issuer: String) async throws(LoginRefusal) -> LoginDirectory.TenantEntry {
        if let entry = directory.tenant(issuer) { return entry }
        do throws(StoreError) {
            return try await directory.load(issuer)
        } catch {
            throw .failure(error)
        }
    }

    func judge(
        _ token: UnverifiedToken, entry: LoginDirectory.TenantEntry, now: Timestamp
    ) throws(LoginRefusal) -> JudgedLogin<VerifiedToken> {
        guard case .tenant(let tenant) = entry else { throw .token(.issuerUnknown(token.unverifiedIssuer)) }
        var digest = TokenDigest()
        return try judge(token, tenant: tenant, verifier: try Self.makeVerifier(), digest: &digest, now: now)
    }

    private static func makeVerifier() throws(LoginRefusal) -> TokenVerifier {
        do throws(CryptoError) {
            return try TokenVerifier()
        } catch {
            throw .openSSL(error)
        }
    }
}

extension JudgedLogin {
    /// The attempt to settle, its trace complete so far.
    fileprivate func attempt(requestID: String?, at now: Timestamp) throws(StoreError) -> LoginAttempt {
        LoginAttempt(
            license: tenant.license, grant: grant, time: now, newAccountID: try RecordID.make("acc_", at: now),
            draft: DecisionDraft(
                id: try RecordID.make("dec_", at: now), source: evidence.source, requestID: requestID,
                facts: evidence.facts(for: tenant), trace: trace(at: now), keyID: evidence.keyID),
            isRevoked: { [tenant, issuedAt = evidence.issuedAt] in
                tenant.revocations.covers($0, issuedAt: issuedAt)
            })
    }

    /// The decision about a login whose account is known and stays as it is.
    fileprivate func decision(
        account: Account, isKept: Bool, requestID: String?, at now: Timestamp
    ) throws(StoreError) -> Decision {
        var trace = trace(at: now)
        trace.note(.identity, .passed, "the identity has the account \(account.id)")
        trace.note(.account, .passed, "the account \(account.id) is active")
        if isKept, grant.role < .administrator { trace.noteLastAdministrator(grant) }
        return Decision(
            id: try RecordID.make("dec_", at: now), license: tenant.license, time: now, source: evidence.source,
            requestID: requestID, facts: evidence.facts(for: tenant), email: grant.email.value,
            outcome: .allowed(role: account.role, rule: grant.rule, accountID: account.id), checks: trace.checks,
            keyID: evidence.keyID)
    }

    /// The steps that led to the grant.
    private func trace(at now: Timestamp) -> FullTrace {
        var trace = evidence.trace(for: tenant, at: now)
        if grant.unmatched != nil { trace.letPass(.rules) }
        if evidence.keyID != nil { tenant.noteNotRevoked(&trace) }
        return trace
    }
}
