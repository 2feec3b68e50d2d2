package import AuthService
import BridgeCore
internal import CSQLite

extension SQLiteStore {
    package func insert(_ tenant: Tenant, audit: AuditStamp) async throws(StoreError) {
        try await writer.change { database throws(SQLiteError) in
            try AuditTrail.audited(database) { () throws(SQLiteError) in
                try TenantRow.insert(tenant, database)
                return ((), .created(tenant, audit))
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
                WHERE license > ?1 ORDER BY license LIMIT ?2
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

    package func remove(_ license: License, audit: AuditEntry) async throws(StoreError) {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                try TenantRow.remove(license, database)
                try AuditTrail.append(audit, database)
            }
        }
    }
}

/// A row of `tenants`.
private enum TenantRow {
    static func tenant(_ license: License, _ database: SQLiteConnection) throws(SQLiteError) -> Tenant? {
        try database.statement("SELECT license, name, created_at, settings, version FROM tenants WHERE license = ?1")
            .first(.text(license.value), read: read)
    }

    /// The transaction holds the write lock, so nobody comes between the look and the change.
    static func update(
        _ tenant: Tenant, expectedVersion: Int64?, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int64 {
        let found = try database.statement("SELECT version FROM tenants WHERE license = ?1")
            .first(.text(tenant.license.value)) { row throws(SQLiteError) in try row.integer(0, "tenants.version") }
        guard let found else { throw .refused(.unknownTenant(tenant.license)) }
        guard expectedVersion.map({ $0 == found }) ?? true else {
            throw .refused(.staleTenant(tenant.license, version: found))
        }
        try database.statement("UPDATE tenants SET name = ?2, settings = ?3, version = ?4 WHERE license = ?1")
            .run(
                .text(tenant.license.value), .text(tenant.name), .text(tenant.settings.json), .integer(found + 1))
        return found + 1
    }

    /// Identities go with their accounts, revocations and API tokens with the tenant (`ON DELETE CASCADE`).
    static func remove(_ license: License, _ database: SQLiteConnection) throws(SQLiteError) {
        guard try tenant(license, database) != nil else { throw .refused(.unknownTenant(license)) }
        try database.statement("DELETE FROM decisions WHERE license = ?1").run(.text(license.value))
        try database.statement("DELETE FROM accounts WHERE license = ?1").run(.text(license.value))
        try database.statement("DELETE FROM trusted_keys WHERE license = ?1").run(.text(license.value))
        try database.statement("DELETE FROM tenants WHERE license = ?1").run(.text(license.value))
    }

    static func insert(_ tenant: Tenant, _ database: SQLiteConnection) throws(SQLiteError) {
        do throws(SQLiteError) {
            try database.statement("INSERT INTO tenants (license, name, created_at, settings) VALUES (?1, ?2, ?3, ?4)")
                .run(
                    .text(tenant.license.value), .text(tenant.name), .integer(tenant.createdAt.milliseconds),
                    .text(tenant.settings.json))
        } catch {
            guard error.code == bridge_sqlite_constraint_primary_key else { throw error }
            throw .refused(StoreError(.conflict, "there is a tenant \(tenant.license) already"))
        }
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
