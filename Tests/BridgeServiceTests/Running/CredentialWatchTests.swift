import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import BridgeService

@Suite("Client credentials that come near their end")
struct CredentialWatchTests {
    private static let day: Int64 = 86_400
    private static let end = Timestamp(seconds: 1_800_000_000)
    private static let stamp = AuditStamp(Actor("cli:test"), at: end)

    private static func connection(_ name: String, of license: String, endingAt end: Timestamp?) throws -> Connection {
        let id = ConnectionID(
            .dynamics, try #require(ConnectionName(name)), of: try #require(License(license)))
        let guid = try #require(GUID("72f988bf-86f1-41af-91ab-2d7cd011db47"))
        return Connection(
            id, .dynamics(DynamicsSettings(tenantID: guid, clientID: guid, environmentURL: "https://\(name).example")),
            credential: StoredCredential(box: [1], secret: .init(endsAt: end, mark: "m", setAt: Self.end)),
            createdAt: Self.end)
    }

    /// Two tenants whose connections share one secret, of which one was told the end.
    private static func store() async throws -> InMemoryStore {
        let store = InMemoryStore()
        for license in ["acme", "beta"] {
            try await store.insert(
                Tenant(license: try #require(License(license)), name: nil, createdAt: end), audit: stamp)
        }
        for (name, license, end) in [("default", "beta", nil), ("emea", "acme", end)] as [(String, String, Timestamp?)]
        {
            _ = try await store.put(try connection(name, of: license, endingAt: end), over: nil, audit: stamp)
        }
        return store
    }

    @Test("are told to the log once for each step, with every connection that shares them (S2-32, S4-7)")
    func log() async throws {
        let log = CollectingLog()
        let watch = CredentialWatch(store: try await Self.store(), log: log)
        for (days, count) in [(61, 0), (60, 1), (59, 1), (31, 1), (30, 2), (10, 3), (9, 3), (0, 4), (-5, 4)] {
            try await watch.look(at: Self.end.adding(seconds: -Int64(days) * Self.day))
            #expect(log.lines.count == count, "\(days) days before the end")
        }
        let line = try #require(log.lines.first)
        #expect(line.contains("credential_ending") && line.contains("ends in 60 days"))
        #expect(line.contains("dynamics connection emea of acme, dynamics connection default of beta"))
    }

    @Test("of an org are its secret and its certificate, each with what to do")
    func salesforce() async throws {
        let store = InMemoryStore()
        let license = try #require(License("acme"))
        try await store.insert(Tenant(license: license, name: nil, createdAt: Self.end), audit: Self.stamp)
        let settings = SalesforceSettings(
            loginURL: "https://acme.my.salesforce.com", clientID: "3MVG9", integrationUsername: "b@acme.example",
            organizationID: try #require(SalesforceID("00D8Z000000btHh")))
        let part = { (mark: String) in StoredCredential.Part(endsAt: Self.end, mark: mark, setAt: Self.end) }
        _ = try await store.put(
            Connection(
                ConnectionID(.salesforce, of: license), .salesforce(settings),
                credential: StoredCredential(box: [1], secret: part("s"), key: part("k"), certificatePEM: "PEM"),
                createdAt: Self.end), over: nil, audit: Self.stamp)
        let ends = try await store.credentialEnds(limit: 9)
        #expect(ends.map(\.kind) == [.certificate, .secret])
        #expect(ends.map(\.renewal).allSatisfy { $0.contains("cobrowse-sso salesforce save --client-") })
        #expect(ends.first?.renewal.contains("upload the certificate") == true)
        var text = MetricsText()
        CredentialMetrics.write(ends, now: Self.end, to: &text)
        let lines = String(decoding: text.bytes, as: UTF8.self)
        for kind in ["certificate", "secret"] {
            #expect(
                lines.contains(
                    #"{license="acme",kind="salesforce",connection="default",credential="\#(kind)"} 1800000000"#))
        }
    }

    @Test("are shown as metrics, a sample for each connection")
    func metrics() async throws {
        var text = MetricsText()
        let ends = try await Self.store().credentialEnds(limit: 9)
        CredentialMetrics.write(ends, now: Self.end.adding(seconds: -20 * Self.day), to: &text)
        let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
        let sample = "cobrowse_sso_credential_ends_seconds"
        #expect(
            lines == [
                #"cobrowse_sso_credentials_ending{within_days="60"} 1"#,
                #"cobrowse_sso_credentials_ending{within_days="30"} 1"#,
                #"cobrowse_sso_credentials_ending{within_days="10"} 0"#,
                #"cobrowse_sso_credentials_ending{within_days="0"} 0"#,
                sample + #"{license="acme",kind="dynamics",connection="emea",credential="secret"} 1800000000"#,
                sample + #"{license="beta",kind="dynamics",connection="default",credential="secret"} 1800000000"#,
            ])
    }
}
