import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("The schema of an SQLite store")
struct SQLiteSchemaTests {
    @Test("is written with its version, and opening again changes nothing")
    func version() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            await (try SQLiteStore.open(at: path)).close()
            let before = try contents(of: directory)
            await (try SQLiteStore.open(at: path)).close()
            #expect(try contents(of: directory) == before)
            let database = try SQLiteConnection(path)
            #expect(try database.integer("PRAGMA user_version") == Int64(Schema.version))
            #expect(try database.integer("PRAGMA application_id") == Int64(DatabaseFile.applicationID))
            #expect(try database.text("PRAGMA journal_mode") == "wal")
        }
    }

    @Test("of this version is opened, read and closed beside a process that holds the write lock")
    func openedUnderLock() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let service = try SQLiteStore.open(at: path)
            try await service.insert(try .example())
            let other = try SQLiteConnection(path)
            try other.begin()
            // A connection that waits for nothing: whoever asked for the lock would be refused at once.
            let hasty = try SQLiteConnection(path)
            try hasty.execute("PRAGMA busy_timeout = 0")
            try Schema.migrate(hasty, path: path)
            let store = try SQLiteStore.open(at: path)
            #expect(try await store.tenant(try .example()) != nil)
            await store.close()
            other.rollback()
            await service.close()
        }
    }

    @Test("of a newer version is refused, naming both, and left alone")
    func newer() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            await (try SQLiteStore.open(at: path)).close()
            try SQLiteConnection(path).execute("PRAGMA user_version = \(Schema.version + 41)")
            let before = try contents(of: directory)
            let error = #expect(throws: StoreError.self) { try SQLiteStore.open(at: path) }
            #expect(error?.code == .configurationInvalid)
            #expect(error?.detail.contains("version \(Schema.version + 41)") == true)
            #expect(error?.detail.contains("up to \(Schema.version)") == true)
            #expect(try contents(of: directory) == before)
        }
    }

    @Test("is noticed by a readiness check when a newer program migrates it")
    func migratedMeanwhile() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.check()
            try SQLiteConnection(directory + "/bridge.db").execute("PRAGMA user_version = \(Schema.version + 1)")
            await #expect(throws: StoreError(.configurationInvalid, "")) { try await store.check() }
            await store.close()
        }
    }

    @Test("is made once when several processes begin at once")
    func race() async throws {
        for _ in 0..<10 {
            try await withTemporaryDirectory { directory in
                let stores = await concurrently(6) { _ -> SQLiteStore? in
                    do {
                        return try await onThread { try SQLiteStore.open(at: directory + "/bridge.db") }
                    } catch {
                        Issue.record(error)
                        return nil
                    }
                }
                let codes = await concurrently(6) { number in
                    await code { try await stores[number]?.insert(try .example()) }
                }
                #expect(codes.filter { $0 == nil }.count == 1)
                for store in stores { await store?.close() }
            }
        }
    }

    @Test("is what every connection needs to be durable, to refuse orphans and to write nothing beside its file")
    func settings() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            let settings = try await store.writer.ask { database throws(SQLiteError) in
                [
                    try database.integer("PRAGMA synchronous"), try database.integer("PRAGMA foreign_keys"),
                    try database.integer("PRAGMA trusted_schema"), try database.integer("PRAGMA busy_timeout"),
                    try database.integer("PRAGMA temp_store"),
                ]
            }
            #expect(settings == [2, 1, 0, 5_000, 2])
            await store.close()
        }
    }
}
