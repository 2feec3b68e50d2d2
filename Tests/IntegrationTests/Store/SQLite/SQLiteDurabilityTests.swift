import AuthService
import BridgeCore
import BridgeTesting
import Dispatch
import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import StoreSQLite

@Suite("An SQLite store")
struct SQLiteDurabilityTests {
    @Test("has every login it answered for when its process is killed")
    func killed() async throws {
        try await withTemporaryDirectory { directory in
            await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
                try await answerUntilKilled(in: directory, after: 3_000)
            }
            let answered = try String(contentsOfFile: directory + "/answered", encoding: .utf8)
                .split(separator: "\n").map(String.init)
            #expect(answered.count >= 3_000)
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            let stored = try await store.accounts(of: try .example(), after: nil, limit: 1_000_000)
            #expect(Set(stored.map(\.id)).isSuperset(of: answered))
            await store.close()
        }
    }

    @Test("works beside another process that writes the same file")
    func otherProcess() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let before = try await store.outsideChanges()
            let logins = try (0..<2_000).map { try Login.example("b\($0)@example.com", id: 10_000 + $0) }
            async let own = concurrently(2_000) { number in await code { _ = try await store.record(logins[number]) } }
            await #expect(processExitsWith: .success) { [directory = directory as String] in
                let other = try await onThread { try SQLiteStore.open(at: directory + "/bridge.db") }
                let logins = try (0..<2_000).map { try Login.example("a\($0)@example.com", id: $0) }
                let codes = await concurrently(2_000) { number in
                    await code { _ = try await other.record(logins[number]) }
                }
                #expect(codes.allSatisfy { $0 == nil })
                await other.close()
            }
            #expect(await own.allSatisfy { $0 == nil })
            #expect(try await store.outsideChanges() != before)
            #expect(try await store.accounts(of: try .example(), after: nil, limit: 10_000).count == 4_000)
            await store.close()
        }
    }

    @Test("leaves a disabled account as it is, whoever logs in")
    func disabled() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let login = try Login.example("a@example.com")
            _ = try await store.record(login)
            try SQLiteConnection(directory + "/bridge.db").execute("UPDATE accounts SET status = 'disabled'")
            let account = try await store.record(try .example("a@example.com", role: .administrator, at: 5_000))
            #expect(account.status == .disabled)
            #expect(account.role == .agent)
            #expect(account.lastLoginAt == login.time)
            #expect(try await store.account(login.email, of: login.license) == account)
            await store.close()
        }
    }

    @Test("keeps role and name of the later of two logins that overtook one another, and answers what is stored")
    func overtaken() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let later = try Login.example("a@example.com", name: "New", role: .agent, at: 2_000)
            let account = try await store.record(later)
            let overtaken = try Login.example("a@example.com", name: "Old", role: .administrator, at: 1_000)
            #expect(try await store.record(overtaken) == account)
            #expect(try await store.account(later.email, of: later.license) == account)
            let same = try await store.record(try .example("a@example.com", name: nil, role: .administrator, at: 2_000))
            #expect(same.role == .administrator)
            #expect(same.displayName == "New")
            #expect(try await store.account(later.email, of: later.license) == same)
            await store.close()
        }
    }

    @Test("gives a question its turn between two batches of logins")
    func turns() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let (begun, finish) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let change = Task.immediate {
                try await store.writer.change { _ in
                    begun.continuation.finish()
                    finish.wait()
                }
            }
            for await _ in begun.stream {}  // from here on the writer is inside a transaction
            let count = 3 * Writer.largestBatch
            let logins = try (0..<count).map { try Login.example("a\($0)@example.com", id: $0) }
            let answers = logins.map { login in Task.immediate { try await store.record(login).id } }
            // The first question comes before the logins. The second one is asked during the first, and so stands
            // behind the first turn of the logins but before the next.
            let (asked, answer) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let first = Task.immediate {
                try await store.writer.ask { _ in
                    asked.continuation.finish()
                    answer.wait()
                }
            }
            finish.signal()
            for await _ in asked.stream {}
            let second = Task.immediate {
                try await store.writer.ask { database throws(SQLiteError) in
                    try database.integer("SELECT count(*) FROM accounts")
                }
            }
            answer.signal()
            try await change.value
            try await first.value
            #expect(try await second.value == Int64(Writer.largestBatch))
            for (answer, login) in zip(answers, logins) { #expect(try await answer.value == login.newAccountID) }
            await store.close()
        }
    }

    @Test("writes what had queued behind a transaction when it is closed")
    func closing() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await store.insert(try .example())
            let (begun, finish) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let change = Task.immediate {
                try await store.writer.change { _ in
                    begun.continuation.finish()
                    finish.wait()
                }
            }
            for await _ in begun.stream {}  // from here on the writer is inside a transaction

            let logins = try (0..<50).map { try Login.example("a\($0)@example.com", id: $0) }
            let answers = logins.map { login in Task.immediate { try await store.record(login).id } }
            let closed = Task.immediate { await store.writer.close() }
            finish.signal()
            for (answer, login) in zip(answers, logins) { #expect(try await answer.value == login.newAccountID) }
            try await change.value
            await closed.value
            await store.close()
        }
    }

    @Test("keeps its log short under a load that never pauses")
    func logLength() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let store = try SQLiteStore.open(at: path)
            try await store.insert(try .example())
            let people = try (0..<10_000).map { try Login.example("a\($0)@example.com", id: $0) }
            // Without any checkpoint this writes a third more than the limit below.
            _ = await concurrently(256) { caller in
                for turn in 0..<250 {
                    let person = people[(caller * 7_919 + turn * 104_729) % people.count]
                    _ = try? await store.record(person.repeated(at: Int64(turn)))
                }
            }
            var status = stat()
            try #require(stat(path + "-wal", &status) == 0)
            #expect(status.st_size < (Checkpointer.mostFrames + 2 * Writer.largestBatch) * 4_120)
            await store.close()
        }
    }
}

/// Writes logins, and each id to the file `answered` once its login was answered, until that happened `count` times.
private func answerUntilKilled(in directory: String, after count: Int) async throws {
    let store = try SQLiteStore.open(at: directory + "/bridge.db")
    try await store.insert(try .example())
    let file = open(directory + "/answered", O_CREAT | O_WRONLY | O_APPEND, 0o600)
    try #require(file >= 0)
    let answered = Atomic(0)
    let logins = try (0..<20_000).map { try Login.example("a\($0)@example.com", id: $0) }
    _ = await concurrently(64) { caller in
        for login in stride(from: caller, to: logins.count, by: 64).map({ logins[$0] }) {
            guard let id = try? await store.record(login).id else { continue }
            let line = Array((id + "\n").utf8)
            _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if answered.add(1, ordering: .relaxed).newValue >= count { kill(getpid(), SIGKILL) }
        }
    }
}

extension Login {
    /// The same person's login at another time.
    func repeated(at seconds: Int64) -> Login {
        Login(
            license: license, email: email, displayName: displayName, role: role,
            time: time.adding(seconds: seconds), newAccountID: newAccountID)
    }
}
