import AuthService
import BridgeCore
import BridgeTesting
import FoundationEssentials
import Glibc
import Testing

@testable import StoreSQLite

@Suite("A backup of an SQLite store", .blocking)
struct SQLiteBackupTests {
    @Test("is the store of one moment, taken while logins are written")
    func whileWriting() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let logins = try (0..<2_000).map { try Login.example("a\($0)@example.com", id: $0) }
            async let recorded = concurrently(2_000) { number in
                await code { _ = try await store.record(logins[number]) }
            }
            let target = directory + "/copy.db"
            try Data().write(to: URL(filePath: target))
            try StoreFile(directory + "/bridge.db").copy(to: target)
            let facts = try StoreFile(target).examineBackup()
            #expect(await recorded.allSatisfy { $0 == nil })
            #expect(facts.schemaVersion == Schema.version)
            #expect(facts.tenantCount == 1)
            #expect((0...2_000).contains(facts.accountCount))
            await store.close()
            #expect(try contents(of: directory).keys.sorted() == ["bridge.db", "copy.db"])
        }
    }

    @Test("holds what was committed a moment before, also what stands in the log only")
    func complete() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            for number in 0..<20 {
                _ = try await store.record(try .example("a\(number)@example.com", id: number))
                let target = directory + "/copy\(number).db"
                try Data().write(to: URL(filePath: target))
                try StoreFile(directory + "/bridge.db").copy(to: target)
                #expect(try StoreFile(target).examineBackup().accountCount == number + 1)
            }
            await store.close()
        }
    }

    @Test("does not replace what is there")
    func existing() async throws {
        try await withTemporaryDirectory { directory in
            await (try SQLiteStore.open(at: directory + "/bridge.db")).close()
            try Data("precious".utf8).write(to: URL(filePath: directory + "/other"))
            let file = StoreFile(directory + "/bridge.db")
            #expect(throws: StoreError.self) { try file.copy(to: directory + "/other") }
            #expect(try contents(of: directory)["other"] == Data("precious".utf8))
        }
    }

    @Test("ends when it is cancelled")
    func cancelled() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            for number in 0..<500 { _ = try await store.record(try .example("a\(number)@example.com", id: number)) }
            try Data().write(to: URL(filePath: directory + "/copy.db"))
            let file = StoreFile(directory + "/bridge.db")
            #expect(throws: StoreError.self) { try file.copy(to: directory + "/copy.db") { true } }
            await store.close()
        }
    }

    @Test("of an older schema is taken as it is, and migrates nothing")
    func older() async throws {
        try await withTemporaryDirectory { directory in
            try makeVersion1(directory + "/bridge.db")
            try Data().write(to: URL(filePath: directory + "/copy.db"))
            let file = StoreFile(directory + "/bridge.db")
            try file.copy(to: directory + "/copy.db")
            #expect(try StoreFile(directory + "/copy.db").examineBackup().schemaVersion == 1)
            #expect(try file.schema().found == 1)
            #expect(try file.schema().steps.map(\.version) == Array(2...Schema.version))
            #expect(try file.migrate().found == 1)
            #expect(try file.schema().steps.isEmpty)
            #expect(try file.schema().found == Schema.version)
        }
    }

    @Test("that is none is refused, and left as it is", arguments: Foreign.allCases)
    func foreign(_ foreign: Foreign) async throws {
        try await withTemporaryDirectory { directory in
            let others = try foreign.make(directory + "/bridge.db")
            let before = try contents(of: directory)
            let error = #expect(throws: StoreError.self) { try StoreFile(directory + "/bridge.db").examineBackup() }
            #expect(error?.hint != nil)
            #expect(try contents(of: directory) == before)
            withExtendedLifetime(others) {}
        }
    }

    @Test("that was cut off or changed inside is refused as damaged", arguments: [true, false])
    func damaged(isCutOff: Bool) async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            for number in 0..<200 { _ = try await store.record(try .example("a\(number)@example.com", id: number)) }
            await store.close()
            var bytes = try Data(contentsOf: URL(filePath: directory + "/bridge.db"))
            if isCutOff {
                bytes = bytes.prefix(bytes.count / 2)
            } else {
                for index in bytes.count / 2..<bytes.count / 2 + 8_192 { bytes[index] = 0x55 }
            }
            try bytes.write(to: URL(filePath: directory + "/copy.db"))
            let error = #expect(throws: StoreError.self) { try StoreFile(directory + "/copy.db").examineBackup() }
            #expect(error?.code == .internal)
            #expect(error?.detail.contains("damaged") == true)
        }
    }

    @Test("with a log beside it is no finished copy")
    func withLog() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let error = #expect(throws: StoreError.self) { try StoreFile(directory + "/bridge.db").examineBackup() }
            #expect(error?.code == .configurationInvalid)
            #expect(error?.hint?.contains("backup FILE") == true)
            await store.close()
        }
    }

    @Test("describes each step of the schema")
    func summaries() {
        #expect(Schema.summaries.count == Schema.steps.count)
    }
}

/// Makes a database as the first version of this program left it.
func makeVersion1(_ path: String) throws {
    try Data().write(to: URL(filePath: path))
    let database = try SQLiteConnection(path)
    try database.execute("PRAGMA application_id = \(DatabaseFile.applicationID); PRAGMA journal_mode = WAL")
    try database.execute(Schema.steps[0])
    try database.execute("PRAGMA user_version = 1")
}
