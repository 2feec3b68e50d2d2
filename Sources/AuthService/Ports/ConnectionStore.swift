/// Keeps tenants' connections, with their credentials sealed.
package protocol ConnectionStore: Sendable {
    /// The connection with the id, or `nil`.
    func connection(_ id: ConnectionID) async throws(StoreError) -> Connection?
    /// All of a tenant, in order of kind and name.
    func connections(of license: License) async throws(StoreError) -> [Connection]
    /// Puts a connection in the place of the one that has its id, or adds it.
    ///
    /// - Parameter expectedVersion: the version that was read before; `nil` where there was none.
    /// - Returns: what is stored then, with its version.
    /// - Throws: `not_found` for an unknown tenant; `conflict` where there is another version by now, where another
    ///   connection of the tenant is linked to the same environment, where the operator's client reads it for another
    ///   tenant and would for this one, and beyond `Connection.largestCount`.
    func put(
        _ connection: Connection, over expectedVersion: Int64?, audit: AuditStamp
    ) async throws(StoreError) -> Connection
    /// Removes a connection with its credential for good and returns it. What came in through it, accounts, decisions
    /// and the audit trail, stays.
    ///
    /// - Parameter expectedVersion: the version that was read before; `nil` removes whatever is there.
    /// - Throws: `not_found`; `conflict` where there is another version by now.
    func removeConnection(
        _ id: ConnectionID, expectedVersion: Int64?, audit: AuditStamp
    ) async throws(StoreError) -> Connection
    /// Credentials of all tenants that are known to end, at most `limit`, the first to end first.
    func credentialEnds(limit: Int) async throws(StoreError) -> [CredentialEnd]
}
