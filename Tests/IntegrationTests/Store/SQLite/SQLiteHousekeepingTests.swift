import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("Housekeeping of an SQLite store")
struct SQLiteHousekeepingTests {
    private static let stamp = AuditStamp(.bridge, at: Timestamp(seconds: 1))

    private static func count(_ sql: StaticString, _ store: SQLiteStore) async throws -> Int64 {
        try await store.reader.read { database throws(SQLiteError) in try database.integer(sql) }
    }

    private static func withStore(_ body: (SQLiteStore) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try await body(store)
            await store.close()
        }
    }

    @Test("removes decisions of all tenants that are older, in batches, and leaves the others")
    func removes() async throws {
        try await Self.withStore { store in
            let many = SQLiteStore.housekeepingBatch * 2 + 7
            try await putDecisions(0..<many, of: "a", store)
            try await putDecisions(many - 3..<many + 9, of: "b", store)
            try await putDecisions(many..<many + 5, of: "c", store)
            try await putDecisions(0..<SQLiteStore.housekeepingBatch, of: "d", store)
            let end = Timestamp(seconds: Int64(many))
            let removed = try await store.removeDecisions(before: end, audit: Self.stamp)
            #expect(removed == many + 3 + SQLiteStore.housekeepingBatch)
            #expect(try await Self.count("SELECT count(*) FROM decisions", store) == 14)
            #expect(try await Self.count("SELECT min(time) / 1000 FROM decisions", store) == Int64(many))
            // Each transaction says how many, and together they say all.
            let entries = try await store.auditRecords(after: 0, limit: 99)
            #expect(entries.count == 4)
            let counts = try entries.map { record in
                try JSONValue(parsing: record.line.utf8)["after"]?["count"]
            }
            let batch = Int64(SQLiteStore.housekeepingBatch)
            #expect(counts == [batch, batch, batch, 10].map { .number(.integer($0)) })
        }
    }

    @Test("reaches every tenant, however many there are before it that have nothing to remove")
    func manyTenants() async throws {
        try await Self.withStore { store in
            let count = SQLiteStore.housekeepingSpan * 2 + 3
            let name = { (number: Int) in "t\(10_000 + number)" }
            for number in 0..<count {
                let time = [0, SQLiteStore.housekeepingSpan, count - 1].contains(number) ? 1 : 100
                try await putDecisions(time..<time + 1, of: name(number), store)
            }
            let removed = try await store.removeDecisions(before: Timestamp(seconds: 50), audit: Self.stamp)
            #expect(removed == 3)
            #expect(try await Self.count("SELECT count(*) FROM decisions", store) == Int64(count) - 3)
        }
    }

    @Test("with nothing to remove leaves no entry")
    func nothing() async throws {
        try await Self.withStore { store in
            #expect(try await store.removeDecisions(before: Timestamp(seconds: 9), audit: Self.stamp) == 0)
            try await putDecisions(9..<12, of: "a", store)
            #expect(try await store.removeDecisions(before: Timestamp(seconds: 9), audit: Self.stamp) == 0)
            #expect(try await Self.count("SELECT count(*) FROM audit", store) == 0)
            #expect(try await store.removeDecisions(before: Timestamp(seconds: 11), audit: Self.stamp) == 2)
            #expect(try await Self.count("SELECT count(*) FROM audit", store) == 1)
        }
    }
}

/// Puts decisions of `license` there, one for each second of `times`.
func putDecisions(_ times: Range<Int>, of license: String, _ store: SQLiteStore) async throws {
    try await store.writer.change { database throws(SQLiteError) in
        let insert = try database.statement(
            "INSERT INTO decisions (license, id, time, outcome, document) VALUES (?1, ?2, ?3, 'deny', '{}')")
        for time in times {
            let digits = String(time, radix: 16)
            let id = "dec_" + String(repeating: "0", count: 12 - digits.count) + digits
            try insert.run(.text(license), .text(id), .integer(Int64(time) * 1_000))
        }
    }
}
