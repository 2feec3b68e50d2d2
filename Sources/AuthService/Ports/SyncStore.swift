package import BridgeCore

/// Keeps what syncs of connections know and do. Of any number of instances on a store one at a time syncs a connection.
package protocol SyncStore: Sendable {
    /// The connections of a kind of all tenants.
    func connectionIDs(_ kind: ConnectionID.Kind) async throws(StoreError) -> [ConnectionID]
    /// Lets `holder` sync the connection until `end`.
    ///
    /// - Returns: whether it may; it may not while somebody else's time has not ended.
    /// - Throws: `not_found` where there is no such connection.
    func beginSync(
        of id: ConnectionID, by holder: String, until end: Timestamp, at now: Timestamp
    ) async throws(StoreError) -> Bool
    /// Gives the holder more time.
    ///
    /// - Throws: `conflict` where somebody else has taken over meanwhile, or the connection is gone.
    func extendSync(of id: ConnectionID, by holder: String, until end: Timestamp) async throws(StoreError)
    /// Ends a sync.
    ///
    /// - Parameter state: what is remembered of it.
    /// - Throws: as `extendSync`; nothing is remembered then.
    func endSync(of id: ConnectionID, by holder: String, _ state: SyncState) async throws(StoreError)
    /// What is remembered of the last sync; `nil` where there was none.
    func syncState(of id: ConnectionID) async throws(StoreError) -> SyncState?
    /// The same of all connections of all tenants, at most `limit`.
    func syncStates(limit: Int) async throws(StoreError) -> [(id: ConnectionID, state: SyncState)]
    /// Those who came through the connection from an organization, in order of their subject, at most `limit` after
    /// `subject`.
    func syncedPeople(
        of id: ConnectionID, organization: String, after subject: String?, limit: Int
    ) async throws(StoreError) -> [SyncedPerson]
    /// Those of `subjects` who came through the connection from an organization.
    func syncedPeople(
        of id: ConnectionID, organization: String, among subjects: [String]
    ) async throws(StoreError) -> [SyncedPerson]
    /// Carries changes out, all of them in one transaction, with their decisions, audit lines and revocations.
    ///
    /// Whoever has answers to logins in memory has to forget them then (`LoginDirectory.apply`).
    /// - Returns: what became of each; `nil`, with nothing changed, where the connection or the tenant is another one than
    ///   the changes were decided by.
    /// - Throws: as `extendSync`, with nothing changed.
    func apply(
        _ changes: [SyncChange], of id: ConnectionID, organization: String, by holder: String, basis: SyncBasis,
        audit: AuditStamp
    ) async throws(StoreError) -> [SyncResult]?
}

extension SyncStore {
    /// The connections of every kind of all tenants.
    package func syncedConnectionIDs() async throws(StoreError) -> [ConnectionID] {
        var ids: [ConnectionID] = []
        for kind in ConnectionID.Kind.allCases { ids += try await connectionIDs(kind) }
        return ids
    }
}

extension StoreError {
    /// What a sync is told whose time had ended.
    package static func syncTakenOver(_ id: ConnectionID) -> StoreError {
        StoreError(.conflict, "another process syncs the \(id) by now, or the connection is gone")
    }
}
