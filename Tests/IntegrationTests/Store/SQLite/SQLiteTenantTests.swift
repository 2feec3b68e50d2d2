import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("A tenant in an SQLite store")
struct SQLiteTenantTests {
    private static func entry(_ action: String) throws -> AuditEntry {
        AuditEntry(action, by: Actor("cli:root"), at: Timestamp(seconds: 5_000), license: try .example())
    }

    /// Rows that name the tenant, in every table that can; the audit trail speaks of it and outlives it.
    private static func rowCount(_ database: SQLiteConnection) throws -> Int64 {
        try database.integer(
            """
            SELECT (SELECT count(*) FROM tenants WHERE license = 'trial12345')
                + (SELECT count(*) FROM trusted_keys WHERE license = 'trial12345')
                + (SELECT count(*) FROM accounts WHERE license = 'trial12345')
                + (SELECT count(*) FROM identities WHERE license = 'trial12345')
                + (SELECT count(*) FROM decisions WHERE license = 'trial12345')
                + (SELECT count(*) FROM revocations WHERE license = 'trial12345')
                + (SELECT count(*) FROM revocation_counts WHERE license = 'trial12345')
                + (SELECT count(*) FROM api_tokens WHERE license = 'trial12345')
            """)
    }

    /// Opens a store whose tenant has a row in every table.
    private static func filled(_ path: String) async throws -> SQLiteStore {
        let store = try SQLiteStore.open(at: path)
        try await store.insert(try .example())
        _ = try await store.insert([try .example("a")])
        let account = try await store.record(try .example("a@example.com"))
        let database = try SQLiteConnection(path)
        try database.execute(
            """
            INSERT INTO identities (license, connection, organization, subject, account_id, email, email_proof, created_at)
            VALUES ('trial12345', 'token', 'org', 'person', '\(account.id)', 'a@example.com',
                'tenant-signed', 1);
            INSERT INTO decisions (license, id, time, outcome, code, email, account_id, document) VALUES ('trial12345', 'dec_1', 1, 'allow', NULL, 'a@example.com', NULL, '{}');
            INSERT INTO revocations VALUES ('trial12345', 'email', 'a@example.com', 1, 2, 1, 7);
            INSERT INTO api_tokens VALUES ('tok_1', x'00', 'mint', 'trial12345', 1, 2, NULL);
            """)
        #expect(try rowCount(database) >= 7)
        return store
    }

    @Test("that is removed leaves no row behind but what the audit trail says")
    func remove() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let store = try await Self.filled(path)
            try await store.remove(try .example(), audit: Self.entry("tenant.remove"))
            let database = try SQLiteConnection(path)
            #expect(try await store.removeRemains(of: try .example()) == 4)
            #expect(try Self.rowCount(database) == 0)
            #expect(try database.text("SELECT action FROM audit ORDER BY sequence DESC LIMIT 1") == "tenant.remove")

            let tables = try database.statement(
                """
                SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'license'
                WHERE m.type = 'table' ORDER BY m.name
                """
            ).all { row throws(SQLiteError) in try row.text(0, "name") }
            // A new table with tenants' rows has to be thought of when one is removed.
            #expect(
                tables == [
                    "accounts", "api_tokens", "audit", "connections", "decisions", "identities", "key_uses",
                    "last_versions", "one_time_records", "revocation_counts", "revocations", "syncs", "tenants",
                    "trusted_keys",
                ])
            await store.close()
        }
    }

    @Test("is removed and written with its audit entry or not at all")
    func allOrNothing() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let store = try await Self.filled(path)
            let database = try SQLiteConnection(path)
            try database.execute(
                "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT raise(ABORT, 'no room'); END")
            let before = try Self.rowCount(database)
            var tenant = try Tenant.example()
            tenant.name = "changed"
            let changed = tenant
            let entry = try Self.entry("tenant.apply")
            let removal = await code { try await store.remove(changed.license, audit: entry) }
            let update = await code { _ = try await store.update(changed, expectedVersion: nil, audit: entry) }
            #expect(removal == .internal)
            #expect(update == .internal)
            #expect(try Self.rowCount(database) == before)
            #expect(try await store.tenant(tenant.license) == Tenant.example())
            await store.close()
        }
    }
}
