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
            try database.statement("SELECT license, name, created_at, settings FROM tenants WHERE license = ?1")
                .first(.text(license.value), read: TenantRow.read)
        }
    }

    package func tenants(after license: License?, limit: Int) async throws(StoreError) -> [Tenant] {
        try await reader.read { database throws(SQLiteError) in
            // No license is empty; a negative LIMIT would be none.
            try database.statement(
                """
                SELECT license, name, created_at, settings FROM tenants
                WHERE license > ?1 ORDER BY license LIMIT ?2
                """
            ).all(.text(license?.value ?? ""), .integer(Int64(max(0, limit))), read: TenantRow.read)
        }
    }
}

/// A row of `tenants`.
private enum TenantRow {
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
            settings: try settings(row.text(3, "tenants.settings")))
    }

    private static func settings(_ text: String) throws(SQLiteError) -> TenantSettings {
        guard let settings = try? TenantSettings(parsing: text) else { throw .damaged(column: "tenants.settings") }
        return settings
    }
}
