import AuthService
import BridgeCore
import BridgeTesting
import FoundationEssentials
import Glibc
import Testing

@testable import StoreSQLite

@Suite("Restoring an SQLite store", .blocking)
struct SQLiteRestoreTests {
    /// A directory with a backup of one tenant, and a store that has got another one since.
    private static func withBackup(_ body: (String, StoreFile, StoreFile) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let file = StoreFile(directory + "/bridge.db")
            let store = try SQLiteStore.open(at: file.path)
            try await store.insert(try .example("old"))
            let backup = StoreFile(directory + "/copy.db")
            try Data().write(to: URL(filePath: backup.path))
            try file.copy(to: backup.path)
            try await store.insert(try .example("new"))
            await store.close()
            try await body(directory, file, backup)
        }
    }

    private static func licenses(_ path: String) async throws -> [String] {
        let store = try SQLiteStore.open(at: path)
        let tenants = try await store.tenants(after: nil, limit: 9)
        await store.close()
        return tenants.map(\.license.value)
    }

    @Test("puts the backup in place, for its user alone, and keeps the old file")
    func restores() async throws {
        try await Self.withBackup { directory, file, backup in
            let old = try file.replace(with: backup, keepingOldAs: "before")
            #expect(old == "\(file.path).before")
            #expect(try contents(of: directory).keys.sorted() == ["bridge.db", "bridge.db.before", "copy.db"])
            var status = stat()
            try #require(stat(file.path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(try await Self.licenses(file.path) == ["old"])
            #expect(try StoreFile(file.path + ".before").examineBackup().tenantCount == 2)
        }
    }

    @Test("needs no store that was there")
    func first() async throws {
        try await Self.withBackup { directory, _, backup in
            let file = StoreFile(directory + "/other.db")
            let old = try file.replace(with: backup, keepingOldAs: "before")
            #expect(old == nil)
            #expect(try await Self.licenses(file.path) == ["old"])
        }
    }

    @Test("brings back an older schema, which the next to open it migrates")
    func older() async throws {
        try await Self.withBackup { directory, file, _ in
            try makeVersion1(directory + "/old.db")
            let backup = StoreFile(directory + "/copy1.db")
            try Data().write(to: URL(filePath: backup.path))
            try StoreFile(directory + "/old.db").copy(to: backup.path)
            _ = try file.replace(with: backup, keepingOldAs: "before")
            #expect(try file.schema().found == 1)
            #expect(try await Self.licenses(file.path).isEmpty)
            #expect(try file.schema().found == Schema.version)
        }
    }

    @Test("is refused while the store is open, by us or by another program, and changes nothing")
    func inUse() async throws {
        try await Self.withBackup { directory, file, backup in
            let store = try SQLiteStore.open(at: file.path)
            let open = try contents(of: directory)
            let refusal = await code { _ = try file.replace(with: backup, keepingOldAs: "before") }
            #expect(refusal == .conflict)
            #expect(await code { try file.requireUnused() } == .conflict)
            #expect(try contents(of: directory) == open)
            await store.close()

            let shell = try SQLiteConnection(file.path)
            _ = try shell.integer("SELECT count(*) FROM tenants")
            #expect(await code { _ = try file.replace(with: backup, keepingOldAs: "before") } == .conflict)
            #expect(try shell.integer("SELECT count(*) FROM tenants") == 2)
            #expect(try contents(of: directory).keys.filter { $0.hasPrefix("bridge.db.") }.isEmpty)
        }
    }

    @Test("keeps those who want to open the store waiting, and then out")
    func exclusive() async throws {
        try await Self.withBackup { _, file, _ in
            let lock = try #require(try StoreLock.take(.exclusive, for: file.path))
            let waiting = Task { try await onThread { try SQLiteStore.open(at: file.path) } }
            #expect(try StoreLock.take(.exclusive, for: file.path) == nil)
            lock.release()
            await (try await waiting.value).close()
        }
    }

    @Test("with a damaged backup changes nothing")
    func damagedBackup() async throws {
        try await Self.withBackup { directory, file, backup in
            let bytes = try Data(contentsOf: URL(filePath: backup.path))
            try bytes.prefix(bytes.count / 2).write(to: URL(filePath: backup.path))
            let before = try contents(of: directory)
            #expect(await code { _ = try file.replace(with: backup, keepingOldAs: "before") } == .internal)
            #expect(try contents(of: directory) == before)
        }
    }

    @Test("replaces a store that is too damaged to be opened, and sets its log aside with it")
    func damagedStore() async throws {
        try await Self.withBackup { directory, file, backup in
            try Data(repeating: 0x55, count: 8_192).write(to: URL(filePath: file.path))
            try Data(repeating: 0x56, count: 4_096).write(to: URL(filePath: file.path + "-wal"))
            _ = try file.replace(with: backup, keepingOldAs: "before")
            let files = try contents(of: directory)
            #expect(files["bridge.db.before"] == Data(repeating: 0x55, count: 8_192))
            #expect(files["bridge.db.before-wal"] == Data(repeating: 0x56, count: 4_096))
            #expect(files["bridge.db-wal"] == nil)
            #expect(try await Self.licenses(file.path) == ["old"])
        }
    }

    @Test("twice within one second keeps the first old file, and changes nothing")
    func twice() async throws {
        try await Self.withBackup { directory, file, backup in
            _ = try file.replace(with: backup, keepingOldAs: "before")
            let before = try contents(of: directory)
            #expect(await code { _ = try file.replace(with: backup, keepingOldAs: "before") } == .internal)
            #expect(try contents(of: directory) == before)
        }
    }
}
