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

    /// A connection to an org whose secret and certificate end after that many days.
    private static func org(secret: Int64, certificate: Int64, mark: String = "s") async throws -> InMemoryStore {
        let store = InMemoryStore()
        let license = try #require(License("acme"))
        try await store.insert(Tenant(license: license, name: nil, createdAt: end), audit: stamp)
        try await put(secret: secret, certificate: certificate, mark: mark, into: store, over: nil)
        return store
    }

    private static func put(
        secret: Int64, certificate: Int64, mark: String, into store: InMemoryStore, over version: Int64?
    ) async throws {
        let settings = SalesforceSettings(
            loginURL: "https://acme.my.salesforce.com", clientID: "3MVG9", integrationUsername: "b@acme.example",
            organizationID: try #require(SalesforceID("00D8Z000000btHh")))
        let part = { (mark: String, days: Int64) in
            StoredCredential.Part(endsAt: end.adding(seconds: days * day), mark: mark, setAt: end)
        }
        _ = try await store.put(
            Connection(
                ConnectionID(.salesforce, of: try #require(License("acme"))), .salesforce(settings),
                credential: StoredCredential(
                    box: [1], secret: part(mark, secret), key: part("k", certificate), certificatePEM: "PEM"),
                createdAt: end), over: version, audit: stamp)
    }

    /// `LEVEL KIND in DAYS days`, of what was written.
    private static func told(_ log: CollectingLog) -> [String] {
        log.lines.map { line in
            let level = line.contains("error") ? "error" : "warning"
            let kind = line.contains("the client secret") ? "secret" : "certificate"
            return "\(level) \(kind) \(line.firstRange(of: "ends in ").map { line[$0.upperBound...].prefix(2) } ?? "")"
        }
    }

    @Test("of one connection are told each by its own end, however near the other one is")
    func twoOfOne() async throws {
        let log = CollectingLog()
        let watch = CredentialWatch(store: try await Self.org(secret: 5, certificate: 50), log: log)
        try await watch.look(at: Self.end)
        #expect(Self.told(log) == ["error secret 5 ", "warning certificate 50"], "\(log.lines)")
        try await watch.look(at: Self.end.adding(seconds: 5 * Self.day))
        #expect(log.lines.count == 3 && log.lines.last?.contains("the client secret") == true, "\(log.lines)")
    }

    @Test("of one connection are not told where only the other one is near")
    func oneOfTwo() async throws {
        let log = CollectingLog()
        let watch = CredentialWatch(store: try await Self.org(secret: 20, certificate: 340), log: log)
        for days in [0, 10, 20] { try await watch.look(at: Self.end.adding(seconds: Int64(days) * Self.day)) }
        #expect(log.lines.count == 3, "\(log.lines)")
        #expect(log.lines.allSatisfy { $0.contains("the client secret") })
    }

    @Test("are told again of another secret in the place of the one before, though its end is as near")
    func replaced() async throws {
        let log = CollectingLog()
        let store = try await Self.org(secret: 9, certificate: 340)
        let watch = CredentialWatch(store: store, log: log)
        try await watch.look(at: Self.end)
        let license = try #require(License("acme"))
        let known = try #require(try await store.connections(of: license).first)
        try await Self.put(secret: 8, certificate: 340, mark: "other", into: store, over: known.version)
        try await watch.look(at: Self.end)
        #expect(log.lines.count == 2 && log.lines.allSatisfy { $0.contains("the client secret") }, "\(log.lines)")
    }

    @Test("name the command for each connection that shares one, and how many more there are")
    func renewal() async throws {
        let shared = try (1...5).map { number in
            ConnectionID(.dynamics, try #require(ConnectionName("c\(number)")), of: try #require(License("acme")))
        }
        let one = CredentialEnd(kind: .secret, mark: "m", endsAt: Self.end, connections: [shared[0]])
        #expect(
            one.renewal == "make a new client secret in the same app registration, then cobrowse-sso dynamics "
                + "rotate-secret --license acme --connection c1 --client-secret-file FILE --secret-expires DATE")
        let all = CredentialEnd(kind: .secret, mark: "m", endsAt: Self.end, connections: shared)
        #expect(all.renewal.contains("--connection c3 ") && !all.renewal.contains("--connection c4 "))
        #expect(all.renewal.hasSuffix(", and the same for the other 2"))
    }

    @Test("of an org are its secret and its certificate, each with what to do")
    func salesforce() async throws {
        let store = try await Self.org(secret: 0, certificate: 0)
        let ends = try await store.credentialEnds(limit: 9)
        #expect(ends.map(\.kind) == [.certificate, .secret])
        #expect(
            ends.map(\.renewal).allSatisfy {
                $0.contains("cobrowse-sso salesforce save --license acme --connection default --client-")
            })
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
