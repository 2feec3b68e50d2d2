import AuthService
import BridgeCore
import BridgeTesting
import Testing

@testable import StoreSQLite

@Suite("A store from before credentials had two parts")
struct SQLiteCredentialMigrationTests {
    private static let settings = """
        {"tenantId":"00000000-0000-4000-8000-000000000001","clientId":"00000000-0000-4000-8000-000000000002",\
        "environmentUrl":"https://NAME.crm4.dynamics.com","readAs":"application","mailboxApproval":"required"}
        """

    /// A row of the version before.
    private static func row(_ name: String, certificate: String, end: String, mark: String) -> String {
        """
        INSERT INTO connections VALUES ('trial12345', 'dynamics', '\(name)', 'https://\(name).crm4.dynamics.com',
            '\(settings.replacing("NAME", with: name))', x'0102', \(certificate), \(end), '\(mark)', 3, 4,
            '00000000-0000-4000-8000-000000000002', NULL, 5, 6, 7, 8);
        """
    }

    @Test("has its secrets as secrets and its certificates as certificates afterwards, and their ends")
    func migrated() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/old.db"
            try DatabaseFile.prepare(path)
            let database = try SQLiteConnection(path)
            try database.execute("PRAGMA application_id = \(DatabaseFile.applicationID); PRAGMA journal_mode = WAL")
            for step in Schema.steps.prefix(7) { try database.execute(step) }
            try database.execute(
                """
                PRAGMA user_version = 7;
                INSERT INTO tenants (license, created_at, settings) VALUES ('trial12345', 1,
                    '\(TenantSettings.initial.json)');
                \(Self.row("a", certificate: "NULL", end: "90", mark: "m"))
                \(Self.row("b", certificate: "'PEM'", end: "80", mark: "n"))
                """)
            let store = try SQLiteStore.open(at: path)
            let connections = try await store.connections(of: .example())
            let part = { (end: Int64, mark: String) in
                StoredCredential.Part(
                    endsAt: Timestamp(milliseconds: end), mark: mark, setAt: Timestamp(milliseconds: 3))
            }
            #expect(
                connections.map(\.credential) == [
                    StoredCredential(box: [1, 2], secret: part(90, "m")),
                    StoredCredential(box: [1, 2], secret: nil, key: part(80, "n"), certificatePEM: "PEM"),
                ])
            #expect(connections.map(\.version) == [8, 8] && connections.allSatisfy { $0.validation != nil })
            #expect(try await store.credentialEnds(limit: 9).map(\.kind) == [.certificate, .secret])
            await store.close()
        }
    }
}
