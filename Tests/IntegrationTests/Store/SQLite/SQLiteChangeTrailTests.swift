import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("The audit trail of an SQLite store")
struct SQLiteChangeTrailTests {
    @Test("says what was there before and after a change, and nothing where nothing changed")
    func trail() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/bridge.db"
            let store: any Store = try SQLiteStore.open(at: path)
            try await store.insert(try .example())
            let account = try await store.record(try .example("a@example.com", role: .administrator))
            let license = account.license
            let start = try SQLiteConnection(path).integer("SELECT count(*) FROM audit")

            await #expect(throws: StoreError.self) {
                try await store.change(
                    account.id, of: license, status: .disabled, role: nil, allowsLastAdministrator: false, audit: .at(1)
                )
            }
            await #expect(throws: StoreError.self) {
                try await store.revoke(
                    Revocation(.all, "", issuedBefore: Timestamp(seconds: 1)), of: try .example("other"), audit: .at(1))
            }
            for _ in 0..<2 {
                try await store.change(
                    account.id, of: license, status: .disabled, role: nil, allowsLastAdministrator: true, audit: .at(2))
            }
            try await store.change(
                account.id, of: license, status: .active, role: nil, allowsLastAdministrator: false, audit: .at(3))
            try await store.change(
                account.id, of: license, status: nil, role: .agent, allowsLastAdministrator: true, audit: .at(4))
            for seconds in [Int64(10), 20, 15] {
                let revocation = Revocation(.email, "a@example.com", issuedBefore: Timestamp(seconds: seconds))
                _ = try await store.revoke(revocation, of: license, audit: .at(5))
            }

            let lines = try SQLiteConnection(path).statement("SELECT line FROM audit ORDER BY sequence")
                .all { row throws(SQLiteError) in try row.text(0, "line") }.dropFirst(Int(start))
            let entries = try lines.map { try JSONValue(parsing: $0.utf8) }
            #expect(
                entries.map { $0["action"]?.stringValue } == [
                    "account.disable", "token.revoke", "account.enable", "account.change", "token.revoke",
                    "token.revoke", "token.revoke",
                ])
            #expect(entries.allSatisfy { $0["actor"]?.stringValue == "cli:test" })
            #expect(
                entries.map { $0["account"]?.stringValue } == Array(repeating: account.id, count: 5)
                    + ["a@example.com", "a@example.com"])
            #expect(entries[0]["before"]?["status"]?.stringValue == "active")
            #expect(entries[0]["after"]?["status"]?.stringValue == "disabled")
            #expect(entries[1]["after"]?["accountId"]?.stringValue == account.id)
            #expect(entries[3]["before"]?["role"]?.stringValue == "administrator")
            #expect(entries[3]["after"]?["role"]?.stringValue == "agent")
            #expect(entries[5]["before"] == nil)
            #expect(entries[6]["before"]?["issuedBefore"]?.stringValue == "1970-01-01T00:00:10Z")
            #expect(entries[6]["after"]?["issuedBefore"]?.stringValue == "1970-01-01T00:00:20Z")
            await store.close()
        }
    }
}
