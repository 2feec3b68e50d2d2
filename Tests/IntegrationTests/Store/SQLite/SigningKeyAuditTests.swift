import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("The audit trail of the signing keys")
struct SigningKeyAuditTests {
    private static func lines(_ path: String) throws -> [String] {
        try SQLiteConnection(path).statement(
            """
            SELECT sequence, line, hash, time, license, actor, action, account, code FROM audit ORDER BY sequence
            """
        )
        .all { row throws(SQLiteError) in try AuditTrail.read(row).line }
    }

    @Test("has a line for each change that came true, and none for one that did not")
    func lines() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/bridge.db"
            let store = try SQLiteStore.open(at: path)
            let now = Timestamp(seconds: 1_800_000_000)
            let key = StoredSigningKey(
                id: "a", state: .current, publicKey: [1], sealedPrivateKey: [2], createdAt: now)
            let change = try KeyRing().change(by: .rotate(newKey: "a"), at: now, promoteAfter: 0)
            for _ in 0..<2 {
                _ = try? await store.apply(change, adding: key, change.auditEntry(by: Actor("cli:root")))
            }
            _ = try await store.insertIfNone(key, change.auditEntry(by: .bridge))
            _ = try await store.reseal(AuditEntry("masterKey.rotate", by: .bridge, at: now, license: nil)) { $0.box }
            _ = try await store.keyToSign(in: .current, lasting: 900)
            let lines = try Self.lines(path)
            #expect(lines.count == 2)
            let line = try JSONValue(parsing: try #require(lines.first).utf8)
            #expect(line["action"]?.stringValue == "signingKey.rotate")
            #expect(line["actor"]?.stringValue == "cli:root")
            #expect(line["time"]?.stringValue == "2027-01-15T08:00:00Z")
            #expect(line["after"]?["current"]?["keyId"]?.stringValue == "a")
            #expect(lines.last?.contains("masterKey.rotate") == true)
            await store.close()
        }
    }
}
