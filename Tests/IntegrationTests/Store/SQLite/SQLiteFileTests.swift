import AuthService
import BridgeCore
import BridgeTesting
import FoundationEssentials
import Glibc
import Testing

@testable import StoreSQLite

@Suite("An SQLite file")
struct SQLiteFileTests {
    @Test("is readable for its user alone, with log and index")
    func permissions() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            for name in ["bridge.db", "bridge.db-wal", "bridge.db-shm"] {
                var status = stat()
                try #require(stat("\(directory)/\(name)", &status) == 0, "\(name)")
                #expect(status.st_mode & 0o777 == 0o600, "\(name)")
            }
            await store.close()
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["bridge.db"])
        }
    }

    @Test("may be an empty one that was there")
    func empty() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            try Data().write(to: URL(filePath: path))
            let store = try SQLiteStore.open(at: path)
            try await store.insert(try .example())
            await store.close()
            let again = try SQLiteStore.open(at: path)
            #expect(try await again.tenant(try .example()) != nil)
            await again.close()
        }
    }

    @Test("is not taken from another program", arguments: Foreign.allCases)
    func foreign(_ file: Foreign) async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let others = try file.make(path)
            let before = try contents(of: directory)
            let error = #expect(throws: StoreError.self) { try SQLiteStore.open(at: path) }
            #expect(error?.code == .configurationInvalid)
            #expect(error?.detail.contains(path) == true)
            #expect(error?.hint != nil)
            #expect(try contents(of: directory) == before)
            withExtendedLifetime(others) {}
        }
    }

    @Test("needs a directory, and the error says which and how to make it")
    func missingDirectory() async throws {
        try await withTemporaryDirectory { directory in
            let error = #expect(throws: StoreError.self) { try SQLiteStore.open(at: directory + "/data/bridge.db") }
            #expect(error?.code == .configurationInvalid)
            #expect(error?.detail.contains("the directory \(directory)/data does not exist") == true)
            #expect(error?.hint?.contains("install -d -m 0700 \(directory)/data") == true)
        }
    }

    @Test("has a path and no other kind of name", arguments: ["", "a\0b"])
    func names(path: String) {
        #expect(throws: StoreError(.configurationInvalid, "")) { try SQLiteStore.open(at: path) }
    }

    @Test("that cannot be written is refused with the reason", arguments: [0o400, 0o000])
    func readOnlyFile(mode: Int) async throws {
        try await withTemporaryDirectory { directory in
            await (try SQLiteStore.open(at: directory + "/bridge.db")).close()
            chmod(directory, 0o777)
            chmod(directory + "/bridge.db", mode_t(mode))
            await #expect(processExitsWith: .success) { [directory = directory as String] in
                leaveRoot()
                let error = #expect(throws: StoreError.self) { try SQLiteStore.open(at: directory + "/bridge.db") }
                #expect(error?.code == .configurationInvalid)
                #expect(error?.detail.contains("Permission denied") == true)
                #expect(error?.hint?.contains("user that runs cobrowse-sso") == true)
            }
        }
    }

    @Test("needs a directory that can be written, for its log", arguments: [true, false])
    func readOnlyDirectory(exists: Bool) async throws {
        try await withTemporaryDirectory { directory in
            if exists {
                await (try SQLiteStore.open(at: directory + "/bridge.db")).close()
                chmod(directory + "/bridge.db", 0o666)
            }
            chmod(directory, 0o555)
            await #expect(processExitsWith: .success) { [directory = directory as String] in
                leaveRoot()
                let error = #expect(throws: StoreError.self) { try SQLiteStore.open(at: directory + "/bridge.db") }
                #expect(error?.detail.contains(directory + "/bridge.db") == true)
                #expect(error?.hint?.contains("writable") == true)
            }
            chmod(directory, 0o700)
        }
    }
}

/// Files that are not ours.
enum Foreign: String, CaseIterable, CustomTestStringConvertible {
    case text, zeros, fewZeros, shortHeader, otherProgram, otherProgramWithLog, directory, pipe

    var testDescription: String { rawValue }

    /// Makes the file; what is returned keeps it in its state.
    func make(_ path: String) throws -> AnyObject? {
        switch self {
        case .text: try Data("salesforce__login_url=https://acme.my.salesforce.com".utf8).write(to: URL(filePath: path))
        case .zeros: try Data(count: 8_192).write(to: URL(filePath: path))
        case .fewZeros: try Data(count: 50).write(to: URL(filePath: path))
        case .shortHeader: try Data("SQLite format 3\0".utf8).write(to: URL(filePath: path))
        case .directory: mkdir(path, 0o700)
        case .pipe: mkfifo(path, 0o600)
        case .otherProgram, .otherProgramWithLog:
            try Data().write(to: URL(filePath: path))
            let database = try SQLiteConnection(path)
            if self == .otherProgramWithLog { try database.execute("PRAGMA journal_mode = WAL") }
            try database.execute(
                "CREATE TABLE accounts (a); PRAGMA application_id = 7; INSERT INTO accounts VALUES (1)")
            return self == .otherProgramWithLog ? database : nil
        }
        return nil
    }
}

/// The bytes of every file in a directory, by name.
func contents(of directory: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory)
    return names.reduce(into: [:]) { contents, name in
        contents[name] = (try? Data(contentsOf: URL(filePath: "\(directory)/\(name)"))) ?? Data()
    }
}

/// Becomes a user whom file modes concern, in a process of a test's own.
func leaveRoot() {
    if geteuid() == 0 { #expect(setuid(65_534) == 0) }
}
