internal import BridgeCore

extension LoginService {
    /// The admission of a login that could not be written down, where all that is lost is its time.
    ///
    /// So those who are known still get in while the disk is full. A role that the account does not have yet is
    /// nothing to give away without a record; a lower one is.
    /// - Returns: `nil` where the login has to be refused with `failure`.
    func admissionOfKnown(_ judged: JudgedLogin, after failure: StoreError) async throws(LoginRefusal) -> Admission? {
        let grant = judged.grant
        guard failure.code == .internal,
            var account = try? await accounts.account(grant.email, of: judged.tenant.license),
            grant.role == .agent || account.role == grant.role
        else { return nil }
        account.role = grant.role
        return try Self.admit(account, judged)
    }
}
