/// Changes accounts by name, as people do; what logins change is `AccountStore`'s.
package protocol AccountChangeStore: Sendable {
    /// Changes status, role or address of an account; what that revokes is revoked in the same step.
    ///
    /// Whoever has answers to logins in memory has to forget them then (`LoginDirectory.apply`).
    /// - Parameter allowsLastAdministrator: whether the last active administrator of the tenant may be taken.
    /// - Returns: what was and is stored; where nothing is different nothing is written.
    /// - Throws: `not_found` where the tenant has no such account, `conflict` for the last active administrator, and as of
    ///   `AccountChange`.
    @discardableResult
    func change(
        _ accountID: String, of license: License, _ patch: AccountPatch, allowsLastAdministrator: Bool,
        audit: AuditStamp
    ) async throws(StoreError) -> AccountChange
    /// Whether the tenant has an active administrator besides that account.
    func hasAdministrator(of license: License, besides accountID: String) async throws(StoreError) -> Bool
}
