import AuthService
import BridgeCore

/// A row of `syncs`: who syncs a connection, and what is remembered of the last time.
enum SyncRow {
    static func begin(
        _ id: ConnectionID, by holder: String, until end: Timestamp, at now: Timestamp, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Bool {
        try database.statement(
            """
            INSERT INTO syncs (license, kind, name, holder, held_until) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
            WHERE holder IS NULL OR holder = excluded.holder OR held_until <= ?6
            """
        ).run(
            .text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), .text(holder),
            .integer(end.milliseconds), .integer(now.milliseconds))
        return database.changedRows > 0
    }

    static func hold(
        _ id: ConnectionID, by holder: String, until end: Timestamp, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        try database.statement(
            "UPDATE syncs SET held_until = ?5 WHERE license = ?1 AND kind = ?2 AND name = ?3 AND holder = ?4"
        ).run(
            .text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), .text(holder),
            .integer(end.milliseconds))
        guard database.changedRows > 0 else { throw .refused(.syncTakenOver(id)) }
    }

    static func end(
        _ id: ConnectionID, by holder: String, _ state: SyncState, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        try database.statement(
            """
            UPDATE syncs SET holder = NULL, held_until = 0, state = ?5
            WHERE license = ?1 AND kind = ?2 AND name = ?3 AND holder = ?4
            """
        ).run(
            .text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), .text(holder), .text(state.json))
        guard database.changedRows > 0 else { throw .refused(.syncTakenOver(id)) }
    }

    /// Refuses whoever does not sync the connection at the moment.
    static func requireHolder(
        _ id: ConnectionID, _ holder: String, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        let found = try database.statement(
            "SELECT 1 FROM syncs WHERE license = ?1 AND kind = ?2 AND name = ?3 AND holder = ?4"
        ).first(.text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), .text(holder)) { _ in true }
        guard found != nil else { throw .refused(.syncTakenOver(id)) }
    }

    /// Whether connection and tenant are still what a sync was decided by.
    static func holds(
        _ basis: SyncBasis, of id: ConnectionID, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Bool {
        let found = try database.statement(
            """
            SELECT 1 FROM connections JOIN tenants USING (license)
            WHERE license = ?1 AND kind = ?2 AND connections.name = ?3 AND connections.version = ?4
                AND tenants.version = ?5 AND NOT is_removed
            """
        ).first(
            .text(id.license.value), .text(id.kind.rawValue), .text(id.name.value), .integer(basis.connectionVersion),
            .integer(basis.tenantVersion)
        ) { _ in true }
        return found != nil
    }

    static func state(of id: ConnectionID, _ database: SQLiteConnection) throws(SQLiteError) -> SyncState? {
        guard try TenantRow.isThere(id.license, database) else { return nil }
        let text = try database.statement(
            "SELECT state FROM syncs WHERE license = ?1 AND kind = ?2 AND name = ?3 AND state IS NOT NULL"
        ).first(.text(id.license.value), .text(id.kind.rawValue), .text(id.name.value)) { row throws(SQLiteError) in
            try row.text(0, "syncs.state")
        }
        return text.flatMap(SyncState.init(parsing:))
    }

    static func states(
        limit: Int, _ database: SQLiteConnection
    ) throws(SQLiteError) -> [(id: ConnectionID, state: SyncState)] {
        try database.statement(
            """
            SELECT license, kind, syncs.name, state FROM syncs JOIN tenants USING (license)
            WHERE state IS NOT NULL AND NOT is_removed ORDER BY license, kind, syncs.name LIMIT ?1
            """
        ).all(.integer(Int64(max(0, limit)))) { row throws(SQLiteError) -> (ConnectionID, SyncState)? in
            let id = try ConnectionRow.id(row)
            return SyncState(parsing: try row.text(3, "syncs.state")).map { (id, $0) }
        }.compactMap(\.self)
    }

    /// Forgets the connections of a tenant that is gone.
    static func removeAll(of license: License, _ database: SQLiteConnection) throws(SQLiteError) {
        try database.statement("DELETE FROM syncs WHERE license = ?1").run(.text(license.value))
    }

    /// Forgets a connection that is gone.
    static func remove(_ id: ConnectionID, _ database: SQLiteConnection) throws(SQLiteError) {
        try database.statement("DELETE FROM syncs WHERE license = ?1 AND kind = ?2 AND name = ?3")
            .run(.text(id.license.value), .text(id.kind.rawValue), .text(id.name.value))
    }
}
