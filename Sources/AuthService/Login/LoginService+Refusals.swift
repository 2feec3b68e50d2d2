package import BridgeCore
internal import BridgeCrypto

/// What became of a refusal that was to be written down.
package struct WrittenRefusal: Sendable {
    /// The decision's id, to be told to whoever was refused; `nil` where nothing was decided.
    package let decisionID: String?
    /// Why it could not be written down; the refusal stands all the same.
    package let failure: StoreError?
}

extension LoginService {
    /// Writes down why a login was refused: durable when it returns, unless the store failed.
    ///
    /// A token that names no tenant of ours is nobody's decision: it gets an id, which the log knows, and no record.
    /// - Parameter compact: the token as it came; nothing for a login without one.
    package func writeDown(
        _ refusal: LoginRefusal, of compact: [UInt8] = [], requestID: String?, now: Timestamp
    ) async -> WrittenRefusal {
        switch refusal {
        case .failure: return WrittenRefusal(decisionID: nil, failure: nil)
        case .person(_, .written(let id)): return WrittenRefusal(decisionID: id, failure: nil)
        case .person, .token: break
        }
        do throws(StoreError) {
            let id = try RecordID.make("dec_", at: now)
            guard let decision = try await decision(id, refusal, compact, requestID: requestID, now: now) else {
                return WrittenRefusal(decisionID: id, failure: nil)
            }
            do throws(StoreError) {
                try await store.append(decision)
                return WrittenRefusal(decisionID: id, failure: nil)
            } catch {
                // Written with the first transaction that lasts, if there is room to wait for one.
                return WrittenRefusal(decisionID: store.note(decision) ? id : nil, failure: error)
            }
        } catch {
            return WrittenRefusal(decisionID: nil, failure: error)
        }
    }

    private func decision(
        _ id: String, _ refusal: LoginRefusal, _ compact: [UInt8], requestID: String?, now: Timestamp
    ) async throws(StoreError) -> Decision? {
        if case .person(_, .unwritten(let evidence, let tenant)) = refusal {
            return decision(id, refusal, evidence, tenant, requestID: requestID, now: now)
        }
        guard let license = try await license(of: refusal, compact) else { return nil }
        // Not believed: it has no facts.
        return Decision(
            id: id, license: license, time: now, source: .token, requestID: requestID, facts: nil,
            email: RefusedTokenNames(compact)?.subject, outcome: .denied(by: refusal),
            checks: [Check(.token, .failed, refusal.detail)])
    }

    private func decision(
        _ id: String, _ refusal: LoginRefusal, _ evidence: some LoginEvidence, _ tenant: TenantState,
        requestID: String?, now: Timestamp
    ) -> Decision {
        var trace = evidence.trace(for: tenant, at: now)
        if refusal.code == .tokenRevoked { trace.note(.revocation, .failed, refusal.detail) }
        return Decision(
            id: id, license: tenant.license, time: now, source: evidence.source, requestID: requestID,
            facts: evidence.facts(for: tenant), email: evidence.email, outcome: .denied(by: refusal),
            checks: trace.checks, keyID: evidence.keyID)
    }

    /// The tenant that a token was refused at; the one it names where it was refused before any was asked.
    private func license(
        of refusal: LoginRefusal, _ compact: [UInt8]
    ) async throws(StoreError) -> License? {
        if case .token(_, let tenant?) = refusal { return tenant.license }
        return try await license(namedIn: compact)
    }

    /// The tenant that a refused token names; `nil` where that is none of ours.
    func license(namedIn compact: [UInt8]) async throws(StoreError) -> License? {
        guard let issuer = RefusedTokenNames(compact)?.issuer else { return nil }
        let entry: LoginDirectory.TenantEntry
        if let known = directory.tenant(issuer) {
            entry = known
        } else {
            entry = try await directory.load(issuer)
        }
        guard case .tenant(let tenant) = entry else { return nil }
        return tenant.license
    }
}

extension Decision.Outcome {
    fileprivate static func denied(by refusal: LoginRefusal) -> Decision.Outcome {
        .denied(code: refusal.code, detail: refusal.detail, hint: refusal.hint, fixedBy: refusal.fixedBy)
    }
}
