package import AuthService
import BridgeCore
internal import CSQLite

extension SQLiteStore {
    @discardableResult
    package func insert(_ tenant: Tenant, audit: AuditStamp) async throws(StoreError) -> Int64 {
        // What a tenant of this name has left goes first, so that nothing of it is ever met.
        try await removeRemains(of: tenant.license)
        return try await writer.change { database throws(SQLiteError) in
            try AuditTrail.audited(database) { () throws(SQLiteError) in
                (try TenantRow.insert(tenant, database), .created(tenant, audit))
            }
        }
    }

    package func tenant(_ license: License) async throws(StoreError) -> Tenant? {
        try await reader.read { database throws(SQLiteError) in
            try TenantRow.tenant(license, database)
        }
    }

    package func tenants(after license: License?, limit: Int) async throws(StoreError) -> [Tenant] {
        try await reader.read { database throws(SQLiteError) in
            // No license is empty; a negative LIMIT would be none.
            try database.statement(
                """
                SELECT license, name, created_at, settings, version FROM tenants
                WHERE license > ?1 AND NOT is_removed ORDER BY license LIMIT ?2
                """
            ).all(.text(license?.value ?? ""), .integer(Int64(max(0, limit))), read: TenantRow.read)
        }
    }
}

extension SQLiteStore {
    package func update(
        _ tenant: Tenant, expectedVersion: Int64?, audit: AuditEntry
    ) async throws(StoreError) -> Int64 {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                let version = try TenantRow.update(tenant, expectedVersion: expectedVersion, database)
                try AuditTrail.append(audit, database)
                return version
            }
        }
    }

    package func remove(
        _ license: License, expectedVersion: Int64?, audit: AuditEntry
    ) async throws(StoreError) {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                try TenantRow.remove(license, expectedVersion: expectedVersion, database)
                try AuditTrail.append(audit, database)
            }
        }
    }
}

/// A row of `tenants`.
enum TenantRow {
    static func tenant(_ license: License, _ database: SQLiteConnection) throws(SQLiteError) -> Tenant? {
        try database.statement(
            """
            SELECT license, name, created_at, settings, version FROM tenants WHERE license = ?1 AND NOT is_removed
            """
        ).first(.text(license.value), read: read)
    }

    /// Whether there is a tenant of that license; rows that a removed one has left are nobody's.
    static func isThere(_ license: License, _ database: SQLiteConnection) throws(SQLiteError) -> Bool {
        // By the keys of table and index alone: the mark stands behind settings that may be long.
        try database.statement(
            """
            SELECT 1 FROM tenants WHERE license = ?1 AND NOT EXISTS (
                SELECT 1 FROM tenants INDEXED BY tenants_removed WHERE license = ?1 AND is_removed)
            """
        ).first(.text(license.value)) { _ in true } ?? false
    }

    /// Refuses what is written for a license that nobody has.
    static func require(_ license: License, _ database: SQLiteConnection) throws(SQLiteError) {
        guard try isThere(license, database) else { throw .refused(.unknownTenant(license)) }
    }

    /// The transaction holds the write lock, so nobody comes between the look and the change.
    static func update(
        _ tenant: Tenant, expectedVersion: Int64?, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int64 {
        let found = try matchingVersion(of: tenant.license, expected: expectedVersion, database)
        try database.statement("UPDATE tenants SET name = ?2, settings = ?3, version = ?4 WHERE license = ?1")
            .run(
                .text(tenant.license.value), .text(tenant.name), .text(tenant.settings.json), .integer(found + 1))
        return found + 1
    }

    /// The version that is stored, if it is the expected one.
    private static func matchingVersion(
        of license: License, expected: Int64?, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int64 {
        let found = try database.statement("SELECT version FROM tenants WHERE license = ?1 AND NOT is_removed")
            .first(.text(license.value)) { row throws(SQLiteError) in try row.integer(0, "tenants.version") }
        guard let found else { throw .refused(.unknownTenant(license)) }
        guard expected.map({ $0 == found }) ?? true else {
            throw .refused(.staleTenant(license, version: found))
        }
        return found
    }

    /// Removes what lets anybody in and marks the rest as nobody's, which `TenantRemains` removes.
    static func remove(
        _ license: License, expectedVersion: Int64?, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        let version = try matchingVersion(of: license, expected: expectedVersion, database)
        try database.statement("DELETE FROM trusted_keys WHERE license = ?1").run(.text(license.value))
        try database.statement("DELETE FROM api_tokens WHERE license = ?1").run(.text(license.value))
        try database.statement("DELETE FROM connections WHERE license = ?1").run(.text(license.value))
        try SyncRow.removeAll(of: license, database)
        try database.statement("UPDATE tenants SET is_removed = 1 WHERE license = ?1").run(.text(license.value))
        try database.statement("INSERT OR REPLACE INTO last_versions (license, version) VALUES (?1, ?2)")
            .run(.text(license.value), .integer(version))
    }

    /// Adds a row and returns its version, which no tenant of the license has had before.
    static func insert(_ tenant: Tenant, _ database: SQLiteConnection) throws(SQLiteError) -> Int64 {
        let last = try database.statement("SELECT version FROM last_versions WHERE license = ?1")
            .first(.text(tenant.license.value)) { row throws(SQLiteError) in
                try row.integer(0, "last_versions.version")
            }
        let version = (last ?? 0) + 1
        do throws(SQLiteError) {
            try database.statement(
                "INSERT INTO tenants (license, name, created_at, settings, version) VALUES (?1, ?2, ?3, ?4, ?5)"
            ).run(
                .text(tenant.license.value), .text(tenant.name), .integer(tenant.createdAt.milliseconds),
                .text(tenant.settings.json), .integer(version))
        } catch {
            guard error.code == bridge_sqlite_constraint_primary_key else { throw error }
            guard try isThere(tenant.license, database) else {
                throw .refused(
                    StoreError(
                        .conflict, "what an earlier tenant \(tenant.license) had is being removed",
                        hint: "try again in a moment"))
            }
            throw .refused(StoreError(.conflict, "there is a tenant \(tenant.license) already"))
        }
        return version
    }

    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> Tenant {
        guard let license = License(try row.text(0, "tenants.license")) else {
            throw .damaged(column: "tenants.license")
        }
        return Tenant(
            license: license,
            name: try row.optionalText(1, "tenants.name"),
            createdAt: Timestamp(milliseconds: try row.integer(2, "tenants.created_at")),
            settings: try settings(row.text(3, "tenants.settings")),
            version: try row.integer(4, "tenants.version"))
    }

    private static func settings(_ text: String) throws(SQLiteError) -> TenantSettings {
        guard let settings = try? TenantSettings(parsing: text) else { throw .damaged(column: "tenants.settings") }
        return settings
    }
}
