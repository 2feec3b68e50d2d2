internal import AuthService
internal import BridgeCore

/// Keeps connections that passed their tests, whatever they are to.
struct ConnectionKeeper: Sendable {
    private let store: any Store

    init(store: any Store) {
        self.store = store
    }

    /// What a test came to: its stages, and the connection that is to be stored then, `nil` where a stage failed.
    struct Tested: Sendable {
        let stages: [ConnectionStage]
        let connection: Connection?
    }

    /// Tests, and changes nothing.
    ///
    /// - Throws: `not_found` for an unknown tenant, and what the store throws.
    func test(
        _ id: ConnectionID, _ run: (Tenant, Connection?) async -> [ConnectionStage]
    ) async throws(StoreError) -> ConnectionReport {
        let stored = try await store.connection(id)
        return ConnectionReport(stages: await run(try await tenant(id), stored), saved: nil)
    }

    /// Tests, and keeps what passed; what was stored before works until then, and goes on working if a stage failed.
    ///
    /// - Parameters:
    ///   - check: judges the connection that is there, `nil` for none, before anything is asked.
    ///   - forget: drops what memory holds of the connection as it was.
    /// - Throws: what `check` and `run` throw; `not_found`, `conflict`.
    func save(
        _ id: ConnectionID, stamp: AuditStamp, if check: (Connection?) throws -> Void,
        forget: (Connection) -> Void, _ run: (Tenant, Connection?) async throws(StoreError) -> Tested
    ) async throws -> ConnectionReport {
        let stored = try await store.connection(id)
        try check(stored)
        let tested = try await run(try await tenant(id), stored)
        guard let connection = tested.connection else { return ConnectionReport(stages: tested.stages, saved: nil) }
        let saved = try await store.put(connection, over: stored?.version, audit: stamp)
        if let stored { forget(stored) }
        return ConnectionReport(stages: tested.stages, saved: saved)
    }

    /// Removes a connection with its credential; history stays.
    ///
    /// - Throws: what `check` throws; `not_found`, `conflict` where somebody changed it meanwhile.
    func remove(
        _ id: ConnectionID, stamp: AuditStamp, if check: (Connection) throws -> Void, forget: (Connection) -> Void
    ) async throws -> Connection {
        guard let stored = try await store.connection(id) else { throw StoreError.noConnection(id) }
        try check(stored)
        let removed = try await store.removeConnection(id, expectedVersion: stored.version, audit: stamp)
        forget(removed)
        return removed
    }

    /// Those of `used` that another process has changed or removed.
    func changed(_ used: [Connection]) async throws(StoreError) -> [Connection] {
        var changed: [Connection] = []
        for connection in used where try await store.connection(connection.id)?.version != connection.version {
            changed.append(connection)
        }
        return changed
    }

    private func tenant(_ id: ConnectionID) async throws(StoreError) -> Tenant {
        guard let tenant = try await store.tenant(id.license) else {
            throw StoreError(
                .notFound, "there is no tenant \(id.license)", hint: "add it: cobrowse-sso tenant create L")
        }
        return tenant
    }
}
