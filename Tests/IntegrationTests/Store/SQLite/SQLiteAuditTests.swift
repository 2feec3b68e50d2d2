import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("A search of the audit trail in SQLite")
struct SQLiteAuditTests {
    /// The second and the last but one are rare; more than two windows lie between them.
    private static let count: Int64 = 25_003

    private static func fill(_ path: String) throws {
        let database = try SQLiteConnection(path)
        try database.execute(
            """
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(count))
            INSERT INTO audit (sequence, time, license, actor, action, account, code, line, hash)
            SELECT n, n, iif(n IN (2, \(count - 1)), 'rare', 'usual'), iif(n IN (2, \(count - 1)), 'rare', 'usual'),
                'a.b', NULL, NULL, '{}', x'00' FROM numbers
            """)
    }

    @Test("finds what is many windows away, in both directions, by license and without")
    func windows() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try Self.fill(directory + "/bridge.db")
            let rare: [Int64] = [2, Self.count - 1]
            let changes: [(inout AuditQuery) -> Void] = [{ $0.license = License("rare") }, { $0.actor = "rare" }]
            for change in changes {
                var query = AuditQuery()
                change(&query)
                for limit in [1, 2, 3] {
                    let oldest = try await store.audit(query, after: nil, order: .oldestFirst, limit: limit)
                    let newest = try await store.audit(query, after: nil, order: .newestFirst, limit: limit)
                    #expect(oldest.map(\.sequence) == Array(rare.prefix(limit)))
                    #expect(newest.map(\.sequence) == Array(rare.reversed().prefix(limit)))
                }
                let rest = try await store.audit(query, after: 2, order: .oldestFirst, limit: 3)
                #expect(rest.map(\.sequence) == [Self.count - 1])
                let before = try await store.audit(query, after: Self.count - 1, order: .newestFirst, limit: 3)
                #expect(before.map(\.sequence) == [2])
            }
            await store.close()
        }
    }

    @Test("hands out every entry once where a page is longer than a window")
    func all() async throws {
        try await withTemporaryDirectory { directory in
            let store = try SQLiteStore.open(at: directory + "/bridge.db")
            try Self.fill(directory + "/bridge.db")
            let all = (1...Self.count).map(\.self)
            let oldest = try await store.audit(AuditQuery(), after: nil, order: .oldestFirst, limit: .max)
            let isComplete = oldest.map(\.sequence) == all  // by itself: a failure would print every number
            #expect(isComplete)
            let newest = try await store.audit(AuditQuery(), after: nil, order: .newestFirst, limit: 10_001)
            let isReversed = newest.map(\.sequence) == Array(all.reversed().prefix(10_001))
            #expect(isReversed)
            await store.close()
        }
    }
}
