package import BridgeCore

extension LoginService {
    /// Lets in the person of a login by way of a connection, or refuses; an admission is written down when it returns, a
    /// refusal when `writeDown` was called.
    ///
    /// - Parameter requestID: written down with the decision.
    package func admit(
        _ login: LiveLogin, of tenant: TenantState, requestID: String?, now: Timestamp
    ) async throws(LoginRefusal) -> Admission<LiveLogin> {
        var trace = NoTrace()
        let grant: Grant
        do throws(AccessDenial) {
            grant = try login.decide(by: tenant, at: now, trace: &trace)
        } catch {
            throw .person(error, .unwritten(login, tenant: tenant))
        }
        return try await record(
            JudgedLogin(evidence: login, grant: grant, tenant: tenant), requestID: requestID, now: now)
    }
}
