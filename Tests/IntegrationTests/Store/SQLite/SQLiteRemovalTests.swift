import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

/// A large tenant is gone with one short transaction; its rows go in batches behind it.
@Suite("The removal of a large tenant from an SQLite store")
struct SQLiteRemovalTests {
    private static let accountCount = TenantRemains.batch * 2 + 7

    private static func entry() throws -> AuditEntry {
        AuditEntry("tenant.remove", by: Actor("cli:root"), at: Timestamp(seconds: 5_000), license: try .example())
    }

    private static func count(_ sql: StaticString, _ store: SQLiteStore) async throws -> Int64 {
        try await store.reader.read { database throws(SQLiteError) in try database.integer(sql) }
    }

    /// A store with a tenant of many accounts, each with an identity, with decisions, revocations, keys, an API token.
    private static func filled(_ path: String) async throws -> SQLiteStore {
        let store = try SQLiteStore.open(at: path)
        let license = try License.example()
        try await store.insert(try .example())
        _ = try await store.insert([try .example("a")])
        try await putDecisions(0..<20, of: license.value, store)
        _ = try await store.revoke(
            Revocation(.email, "a@example.com", issuedBefore: Timestamp(seconds: 9)), of: license, audit: .at(1))
        try await store.insert(
            APIToken(
                id: "tok_1", digest: Array(repeating: 7, count: 32), grant: .admin(license),
                createdAt: Timestamp(seconds: 0), expiresAt: Timestamp(seconds: 99), lastUsedAt: nil), audit: .at(1))
        try await store.writer.change { database throws(SQLiteError) in
            try database.execute(
                """
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(accountCount))
                INSERT INTO accounts (license, email, id, role, status, created_at, last_login_at)
                SELECT 'trial12345', 'a' || i || '@example.com', 'acc_' || i, 'administrator', 'active', 1, 1 FROM n;
                INSERT INTO identities
                    (license, connection, organization, subject, account_id, email, email_proof, created_at)
                SELECT license, 'salesforce:default', 'org', id, id, email, 'tenant-signed', 1
                FROM accounts;
                """)
        }
        return store
    }

    /// Nobody finds anything of the tenant.
    private static func expectGone(_ store: SQLiteStore) async throws {
        let license = try License.example()
        let email = try EmailAddress.example("a1@example.com")
        #expect(try await store.tenant(license) == nil)
        #expect(try await store.tenants(after: nil, limit: 9).isEmpty)
        #expect(try await store.keys(of: license).isEmpty)
        #expect(try await store.account(email, of: license) == nil)
        #expect(try await store.account(id: "acc_1", of: license) == nil)
        #expect(try await store.accounts(of: license, after: nil, limit: 9).isEmpty)
        #expect(try await store.hasAdministrator(of: license, besides: "") == false)
        #expect(try await store.decisions(of: license, email: nil, before: nil, limit: 9).isEmpty)
        #expect(try await store.latestDecisions(of: license, after: nil, limit: 9).isEmpty)
        #expect(try await store.decision("dec_000000000000", of: license) == nil)
        #expect(try await store.revocations(of: license, after: nil, limit: 9).isEmpty)
        #expect(try await store.revocations(of: license, beyond: -1, limit: 9).isEmpty)
        #expect(try await store.apiToken(digest: Array(repeating: 7, count: 32)) == nil)
        let login = try Login.example("a1@example.com").attempt()
        let standing = try await store.standing(of: login.grant, in: license)
        #expect(standing.linked == nil && standing.holder == nil)
        let entry = try entry()
        let token = APIToken(
            id: "tok_2", digest: [], grant: .admin(license), createdAt: Timestamp(seconds: 0),
            expiresAt: Timestamp(seconds: 99), lastUsedAt: nil)
        let writes: [@Sendable () async throws -> Void] = [
            { _ = try await store.settle(login) },
            { _ = try await store.insert([try .example("b")]) },
            { try await store.insert(token, audit: .at(1)) },
            { _ = try await store.update(try .example(), expectedVersion: nil, audit: entry) },
            { try await store.remove(license, audit: entry) },
            {
                try await store.change(
                    "acc_1", of: license, status: .disabled, role: nil, allowsLastAdministrator: true, audit: .at(1))
            },
            {
                _ = try await store.revoke(
                    Revocation(.email, "x", issuedBefore: Timestamp(seconds: 1)), of: license, audit: .at(1))
            },
        ]
        for (number, write) in writes.enumerated() { #expect(await code(write) == .notFound, "write \(number)") }
        let before = try await count("SELECT count(*) FROM decisions", store)
        try await store.append(
            Decision(
                id: "dec_1", license: license, time: Timestamp(seconds: 1), source: .token, requestID: nil, facts: nil,
                email: nil, outcome: .denied(code: .tokenMalformed, detail: "", hint: nil), checks: []))
        #expect(try await count("SELECT count(*) FROM decisions", store) == before)
    }

    @Test("is whole for everybody with the first transaction, which touches none of its accounts")
    func gone() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await Self.filled(directory + "/bridge.db")
            try await store.remove(try .example(), audit: Self.entry())
            #expect(try await Self.count("SELECT count(*) FROM accounts", store) == Int64(Self.accountCount))
            try await Self.expectGone(store)
            let removed = try await store.removeRemains(of: try .example())
            #expect(removed == Self.accountCount + 20 + 1)
            for table in [
                "SELECT count(*) FROM accounts", "SELECT count(*) FROM identities", "SELECT count(*) FROM tenants",
                "SELECT count(*) FROM decisions", "SELECT count(*) FROM revocations",
                "SELECT count(*) FROM revocation_counts",
            ] as [StaticString] {
                #expect(try await Self.count(table, store) == 0)
            }
            #expect(try await store.removeRemains(of: nil) == 0)
            await store.close()
        }
    }

    @Test("goes on where it was interrupted, and nobody sees what was left")
    func interrupted() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let first = try await Self.filled(path)
            try await first.remove(try .example(), audit: Self.entry())
            let database = try SQLiteConnection(path)
            try database.execute(
                """
                CREATE TRIGGER crash BEFORE DELETE ON accounts WHEN old.email = 'a9@example.com'
                BEGIN SELECT raise(ABORT, 'the power is gone'); END
                """)
            await #expect(throws: StoreError(.internal, "")) { try await first.removeRemains(of: nil) }
            let left = try await Self.count("SELECT count(*) FROM accounts", first)
            #expect((1..<Int64(Self.accountCount)).contains(left))
            // A tenant of that name is not made beside it.
            await #expect(throws: StoreError(.internal, "")) { try await first.insert(try .example()) }
            await first.close()
            let store = try SQLiteStore.open(at: path)
            try await Self.expectGone(store)
            try database.execute("DROP TRIGGER crash")
            #expect(try await store.removeRemains(of: nil) >= Int(left))
            #expect(try await Self.count("SELECT count(*) FROM tenants", store) == 0)
            await store.close()
        }
    }

    @Test("is over before another tenant has its name")
    func comesBack() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await Self.filled(directory + "/bridge.db")
            let license = try License.example()
            try await store.remove(license, audit: Self.entry())
            #expect(try await store.insert(try .example()) == 2)
            #expect(try await store.accounts(of: license, after: nil, limit: 9).isEmpty)
            #expect(try await Self.count("SELECT count(*) FROM identities", store) == 0)
            // What goes on elsewhere with the removal of the old one leaves the new one alone.
            _ = try await store.record(try .example("a1@example.com"))
            #expect(try await store.removeRemains(of: license) == 0)
            #expect(try await store.accounts(of: license, after: nil, limit: 9).count == 1)
            await store.close()
        }
    }

    @Test("counts revocations exactly, and refuses one more than a tenant may have")
    func quota() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            let license = try License.example()
            try await store.insert(try .example())
            for value in ["a", "b", "a", "c"] {
                for time in [1, 2] as [Int64] {
                    _ = try await store.revoke(
                        Revocation(.tokenID, value, issuedBefore: Timestamp(seconds: time)), of: license, audit: .at(1))
                }
            }
            #expect(try await Self.count("SELECT count FROM revocation_counts", store) == 3)
            try SQLiteConnection(directory + "/bridge.db")
                .execute("UPDATE revocation_counts SET count = \(Revocation.largestCount)")
            let account = try await store.record(try .example("a@example.com"))
            let codes = [
                await code {
                    _ = try await store.revoke(
                        Revocation(.tokenID, "d", issuedBefore: Timestamp(seconds: 1)), of: license, audit: .at(1))
                },
                await code {
                    _ = try await store.revoke(
                        Revocation(.tokenID, "a", issuedBefore: Timestamp(seconds: 7)), of: license, audit: .at(1))
                },
                await code {
                    _ = try await store.revoke(
                        Revocation(.all, "", issuedBefore: Timestamp(seconds: 1)), of: license, audit: .at(1))
                },
                // Nobody is kept from disabling somebody.
                await code {
                    try await store.change(
                        account.id, of: license, status: .disabled, role: nil, allowsLastAdministrator: false,
                        audit: .at(1))
                },
            ]
            #expect(codes == [.conflict, nil, nil, nil])
            _ = try await store.removeExpiredRevocations(at: Timestamp(seconds: 1_000_000))
            #expect(
                try await Self.count("SELECT count FROM revocation_counts", store)
                    == Int64(Revocation.largestCount) + 2 - 5)
            await store.close()
        }
    }

    @Test("and what goes before it are ready for a file of the version before")
    func migrated() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let store = try SQLiteStore.open(at: path)
            await store.close()
            let old = directory + "/old.db"
            try DatabaseFile.prepare(old)
            let database = try SQLiteConnection(old)
            try database.execute("PRAGMA application_id = \(DatabaseFile.applicationID); PRAGMA journal_mode = WAL")
            for step in Schema.steps.prefix(2) { try database.execute(step) }
            try database.execute(
                """
                PRAGMA user_version = 2;
                INSERT INTO tenants (license, created_at, settings) VALUES ('trial12345', 1,
                    '\(TenantSettings.initial.json)');
                INSERT INTO revocations VALUES ('trial12345', 'email', 'a', 1, 2, 1), ('trial12345', 'email', 'b', 1, 2, 1);
                """)
            let migrated = try SQLiteStore.open(at: old)
            let license = try License.example()
            #expect(try await Self.count("SELECT count FROM revocation_counts", migrated) == 2)
            #expect(try await migrated.lastRevocation(of: license) == 0)
            #expect(try await migrated.revocations(of: license, after: nil, limit: 9).count == 2)
            _ = try await migrated.revoke(
                Revocation(.email, "c", issuedBefore: Timestamp(seconds: 1)), of: license, audit: .at(1))
            #expect(
                try await migrated.revocations(of: license, beyond: 0, limit: 9).map(\.revocation.value) == ["c"])
            await migrated.close()
        }
    }
}
