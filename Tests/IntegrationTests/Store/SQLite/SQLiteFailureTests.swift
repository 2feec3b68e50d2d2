import AuthService
import BridgeCore
import BridgeTesting
import Glibc
import Testing

@testable import StoreSQLite

@Suite("An SQLite store in trouble")
struct SQLiteFailureTests {
    @Test("fails logins while the database is full, has none of them, and goes on when there is room")
    func full() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            try await store.limit("PRAGMA max_page_count = 30")
            let logins = try (0..<3_000).map { try Login.example("a\($0)@example.com", id: $0) }
            let codes = await concurrently(3_000) { number in await code { _ = try await store.record(logins[number]) }
            }
            #expect(Set(codes) == [nil, .internal] || Set(codes) == [.internal])
            let answered = zip(logins, codes).filter { $0.1 == nil }.map(\.0.newAccountID)
            #expect(try await store.ids() == Set(answered))

            try await store.limit("PRAGMA max_page_count = 1000000")
            let later = await concurrently(3_000) { number in await code { _ = try await store.record(logins[number]) }
            }
            #expect(later.allSatisfy { $0 == nil })
            #expect(try await store.ids() == Set(logins.map(\.newAccountID)))
            await store.close()
        }
    }

    @Test("fails a whole transaction that cannot be committed, and goes on when there is room")
    func commitFails() async throws {
        try await withTemporaryDirectory { directory in
            await #expect(processExitsWith: .success) { [directory = directory as String] in
                let store = try SQLiteStore.open(at: directory + "/bridge.db")
                try await store.insert(try .example())
                let logins = try (0..<500).map { try Login.example("a\($0)@example.com", id: $0) }
                let before = try await store.record(try .example("before@example.com", id: 1_000))
                let tenant = try Tenant.example("other")

                let usual = limitFiles(to: 4_096)  // the log is longer already: not a page more is taken
                let codes = await concurrently(500) { number in
                    await code { _ = try await store.record(logins[number]) }
                }
                #expect(codes.allSatisfy { $0 == .internal })
                #expect(await code { try await store.insert(tenant) } == .internal)
                #expect(await code { try await store.check() } == .internal)
                _ = limitFiles(to: usual)

                #expect(await code { try await store.check() } == nil)
                #expect(try await store.ids() == [before.id])
                #expect(await code { try await store.insert(tenant) } == nil)
                let later = await concurrently(500) { number in
                    await code { _ = try await store.record(logins[number]) }
                }
                #expect(later.allSatisfy { $0 == nil })
                #expect(try await store.ids().count == 501)
                await store.close()
            }
        }
    }

    @Test("undoes a transaction whose commit is refused, for all that shared it")
    func commitRefused() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let refused = await code {
                // The commit is what finds out about a key without a tenant, and it leaves the transaction open.
                try await store.writer.change { database throws(SQLiteError) in
                    try database.execute(
                        """
                        PRAGMA defer_foreign_keys = ON;
                        INSERT INTO trusted_keys (license, id, public_key, imported_at) VALUES ('nobody', 'a', x'', 0);
                        """)
                }
            }
            #expect(refused == .internal)
            let login = try Login.example("a@example.com")
            #expect(await code { _ = try await store.record(login) } == nil)
            #expect(try await store.keys(of: try .example("nobody")).isEmpty)
            await store.close()
        }
    }

    @Test("fails when another process keeps the lock, and goes on afterwards")
    func locked() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.limit("PRAGMA busy_timeout = 20")
            let other = try SQLiteConnection(directory + "/bridge.db")
            try other.begin()
            let tenant = try Tenant.example()
            #expect(await code { try await store.insert(tenant) } == .internal)
            #expect(try await store.tenant(tenant.license) == nil)
            other.rollback()
            #expect(await code { try await store.insert(tenant) } == nil)
            await store.close()
        }
    }

    @Test("names the damaged column and not the value, and spares the others", arguments: Damage.table)
    func damaged(_ damage: Damage) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let store = try SQLiteStore.open(at: path)
            try await store.insert(try .example())
            _ = try await store.insert([try .example("a", alias: "prod")])
            _ = try await store.insertIfNone(
                StoredSigningKey(
                    id: "a", state: .next, publicKey: [1], sealedPrivateKey: [2], createdAt: Timestamp(seconds: 1)),
                AuditEntry("signingKey.create", by: .bridge, at: Timestamp(seconds: 1), license: nil))
            _ = try await store.record(try .example("a@example.com", id: 1))
            try SQLiteConnection(path).execute("PRAGMA ignore_check_constraints = ON; \(damage.sql)")

            let error = await #expect(throws: StoreError.self) { try await damage.read(store) }
            #expect(error?.code == .internal)
            #expect(error?.detail == "\(path): \(damage.column) holds a value that cannot be read")
            let other = await code { _ = try await store.record(try .example("b@example.com", id: 2)) }
            #expect(other == nil)
            await store.close()
        }
    }
}

/// A change no version of ours makes, and a call that has to notice it.
struct Damage: CustomTestStringConvertible, Sendable {
    let column: String
    let sql: String
    let read: @Sendable (SQLiteStore) async throws -> Void

    var testDescription: String { sql }

    private init(_ column: String, _ change: String, read: @escaping @Sendable (SQLiteStore) async throws -> Void) {
        self.column = column
        sql = "UPDATE \(column.prefix { $0 != "." }) SET \(change)"
        self.read = read
    }

    static let table: [Damage] = [
        Damage("tenants.settings", "settings = '{}'") { _ = try await $0.tenant(try .example()) },
        Damage("tenants.settings", "settings = 'secret'") { _ = try await $0.tenants(after: nil, limit: 9) },
        Damage("accounts.email", "email = 'secret'") {
            _ = try await $0.accounts(of: try .example(), after: nil, limit: 9)
        },
        Damage("accounts.role", "role = 'secret'") {
            _ = try await $0.account(try .example("a@example.com"), of: try .example())
        },
        Damage("accounts.status", "status = 'secret'") { _ = try await $0.record(try .example("a@example.com")) },
        Damage("accounts.display_name", "display_name = CAST(x'ff' AS TEXT)") {
            _ = try await $0.record(try .example("a@example.com", name: nil))
        },
        Damage("signing_keys.state", "state = 'secret'") { _ = try await $0.signingKeys() },
    ]
}

extension SQLiteStore {
    /// Changes a setting of the writer's connection.
    fileprivate func limit(_ pragma: String) async throws {
        try await writer.ask { database throws(SQLiteError) in try database.execute(pragma) }
    }

    /// The ids of all accounts of the usual tenant.
    fileprivate func ids() async throws -> Set<String> {
        Set(try await accounts(of: try .example(), after: nil, limit: 1_000_000).map(\.id))
    }
}

/// Refuses to let files grow beyond `bytes`, as a full disk would, and returns the limit before.
private func limitFiles(to bytes: rlim_t) -> rlim_t {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    let before = limit.rlim_cur
    limit.rlim_cur = bytes
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    return before
}
