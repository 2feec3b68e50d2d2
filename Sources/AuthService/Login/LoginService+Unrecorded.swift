internal import BridgeCore

extension LoginService {
    /// The admission of a login that could not be written down, where all that is lost is its time.
    ///
    /// So those who are known still get in while the disk is full. A role that the account does not have yet is
    /// nothing to give away without a record; a lower one is.
    /// - Returns: `nil` where the login has to be refused with `failure`.
    func admissionOfKnown<Evidence>(
        _ judged: JudgedLogin<Evidence>, _ attempt: LoginAttempt, after failure: StoreError
    ) async throws(LoginRefusal) -> Admission<Evidence>? {
        guard failure.code == .internal,
            let standing = try? await store.standing(of: judged.grant, in: judged.tenant.license),
            let known = standing.linked?.account ?? standing.holder?.account
        else { return nil }
        let settled = attempt.settle(standing)
        _ = store.note(settled.decision)  // written with the first transaction that lasts
        switch settled.outcome {
        case .success(let settlement):
            guard !settlement.isNew, settlement.identity == nil, settlement.account.role <= known.role else {
                return nil
            }
            return Admission(
                account: settlement.shown, evidence: judged.evidence, decisionID: settled.decision.id,
                grant: judged.grant)
        case .failure(let denial): throw .person(denial, .written(decisionID: settled.decision.id))
        }
    }
}
