import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import Simulators
import Testing

@Suite("A connection to Salesforce's stand-in")
struct SalesforceConnectTests {
    /// A tenant and an org, with what an administrator types.
    private struct World {
        let salesforce: SalesforceStandIn
        let store = InMemoryStore()
        let connections: SalesforceConnections
        let id: ConnectionID
        var simulator: Simulator { salesforce.simulator }

        init() async throws {
            let salesforce = try SalesforceStandIn()
            let sender = StandInSender(simulator: salesforce.simulator)
            let setup = SalesforceSetup()
            let vault = try TestVault()
            let license = try License("acme-test").unwrapped("license")
            self.salesforce = salesforce
            id = ConnectionID(.salesforce, of: license)
            connections = SalesforceConnections(
                store: store, vault: vault, sender: sender,
                tokens: SalesforceTokenClient(sender: sender, clock: salesforce.standIns.clock) { setup.hosts },
                clients: SalesforceClients(vault: vault), roles: KeptSalesforceRoles(), setup: { setup })
            try await store.insert(Tenant(license: license, name: nil, createdAt: now), audit: stamp)
        }

        var now: Timestamp { salesforce.standIns.clock.now }
        var stamp: AuditStamp { AuditStamp(Actor("cli:test"), at: now) }

        func draft(
            app: String = "bridge", user: String? = "integration@acme.example", login: String? = nil,
            withKey: Bool = true
        ) throws -> SalesforceDraft {
            let consumer = try salesforce.consumer(app)
            return SalesforceDraft(
                loginURL: .text(login ?? salesforce.acme), clientID: .text(consumer.key),
                clientSecret: .given(Secret(Array(consumer.secret.utf8))),
                clientKey: withKey ? .given(try simulator.applicationKey()) : .absent,
                integrationUsername: user.map { .text($0) } ?? .absent)
        }

        func save(_ draft: SalesforceDraft) async throws -> ConnectionReport {
            try await connections.save(draft, as: id, stamp: stamp)
        }

        /// How it ends: `token consent_required`, or `saved`.
        func verdict(_ draft: SalesforceDraft) async throws -> String {
            let report = try await save(draft)
            guard let last = report.stages.last, !last.isPassed else { return report.saved == nil ? "?" : "saved" }
            #expect(last.hint != nil, "\(last)")
            return "\(last.name.rawValue) \(last.code?.rawValue ?? "?")"
        }
    }

    @Test("passes by key at the My Domain and at the login of production, and by secret at the My Domain")
    func passes() async throws {
        for (login, withKey) in [(nil, true), ("https://login.salesforce.com", true), (nil, false)] as [(String?, Bool)]
        {
            let world = try await World()
            let report = try await world.save(try world.draft(login: login, withKey: withKey))
            #expect(report.stages.map(\.name) == ConnectionStage.Name.salesforce)
            #expect(report.isPassed, "\(report.stages)")
            let settings = try #require(report.saved?.salesforce)
            #expect(settings.organizationID.value == (try world.salesforce.organization()))
            #expect(report.stages[3].detail == "2 of the 2 names in rules are there")
            // The integration user of the stand-in has what it needs and no more.
            #expect(report.stages.dropFirst().allSatisfy { $0.hint == nil }, "\(report.stages)")
        }
    }

    @Test("passes without Manage Users, and warns that nobody can be told to be frozen")
    func withoutUsers() async throws {
        let world = try await World()
        let report = try await world.save(try world.draft(user: "without-users@acme.example"))
        #expect(report.saved != nil, "\(report.stages)")
        let last = try #require(report.stages.last)
        #expect(last.name == .emails && last.hint?.contains("Manage Users") == true, "\(last)")
    }

    @Test("is known by the issuer that the login publishes, where nobody reads")
    func nobodyReads() async throws {
        let world = try await World()
        var draft = try world.draft(user: nil, withKey: false)
        draft.organizationID = .text(try world.salesforce.organization())
        let report = try await world.save(draft)
        #expect(report.stages.map(\.name) == [.input, .token] && report.saved != nil, "\(report.stages)")
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let verdict: String
        var app = "bridge"
        var user = "integration@acme.example"
        var login: String?
        var withKey = true
        var organization: String?
    }

    static let rows = [
        Row(
            testDescription: "no View Setup", verdict: "permissionSets security_role_missing",
            user: "without-setup@acme.example"),
        Row(
            testDescription: "no MFA in API", verdict: "emails security_role_missing", user: "without-mfa@acme.example"),
        Row(testDescription: "no API", verdict: "organization security_role_missing", user: "without-api@acme.example"),
        Row(
            testDescription: "not approved", verdict: "token consent_required",
            user: "unapproved-integration@acme.example"),
        Row(testDescription: "nobody", verdict: "token consent_required", user: "nobody@acme.example"),
        Row(testDescription: "deactivated", verdict: "token user_inactive", user: "ines@acme.example"),
        Row(testDescription: "frozen", verdict: "token user_inactive", user: "fritz@acme.example"),
        Row(testDescription: "outside the ranges", verdict: "token sign_in_blocked", user: "ria@acme.example"),
        Row(testDescription: "without a certificate", verdict: "token credentials_rejected", app: "bridge-secret"),
        Row(testDescription: "all users, and nobody has", verdict: "token consent_required", app: "all-users"),
        Row(testDescription: "not installed", verdict: "token consent_required", app: "not-installed"),
        Row(testDescription: "blocked", verdict: "token consent_required", app: "blocked"),
        Row(testDescription: "made a moment ago", verdict: "token credentials_rejected", app: "just-created"),
        Row(
            testDescription: "a sandbox's login", verdict: "token credentials_rejected",
            login: "https://test.salesforce.com"),
        Row(
            testDescription: "another user than the app runs as", verdict: "organization configuration_invalid",
            user: "ann@acme.example", withKey: false),
        Row(
            testDescription: "client credentials at the login of all", verdict: "input configuration_invalid",
            login: "https://login.salesforce.com", withKey: false),
        Row(
            testDescription: "another org", verdict: "organization organization_mismatch",
            organization: "00D000000000001"),
    ]

    @Test("ends at the stage and with the code that fit what is wrong", arguments: rows)
    func ends(row: Row) async throws {
        let world = try await World()
        var draft = try world.draft(app: row.app, user: row.user, login: row.login, withKey: row.withKey)
        if let organization = row.organization { draft.organizationID = .text(organization) }
        #expect(try await world.verdict(draft) == row.verdict)
        #expect(try await world.store.connection(world.id) == nil)
    }

    static let faults = [
        ("salesforce-token.not-approved", "token consent_required"),
        ("salesforce-token.expired-code", "token credentials_rejected"),
        ("salesforce-token.unknown-client", "token credentials_rejected"),
        ("salesforce-token.bad-client", "token credentials_rejected"),
        ("salesforce-token.inactive-user", "token user_inactive"),
        ("salesforce-token.inactive-user-as-grant", "token user_inactive"),
        ("salesforce-token.not-admin-approved", "token consent_required"),
        ("salesforce-token.ip-restricted", "token sign_in_blocked"),
        ("salesforce-token.app-blocked", "token consent_required"),
        ("salesforce-token.approval-failed", "token consent_required"),
        ("salesforce-token.invalid-assertion", "token credentials_rejected"),
        ("salesforce-token.no-run-as-user", "token configuration_invalid"),
        ("salesforce-token.wrong-domain", "token configuration_invalid"),
        ("salesforce-token.login-rate", "token upstream_throttled"),
        ("salesforce-token.grant-type", "token configuration_invalid"),
        ("salesforce-token.unknown-error", "token upstream_unavailable"),
        ("salesforce-token.no-access-token", "token upstream_unavailable"),
        ("salesforce-token.no-instance-url", "token upstream_unavailable"),
        ("salesforce-token.instance-url-elsewhere", "token upstream_unavailable"),
        ("salesforce-token.instance-url-http", "token upstream_unavailable"),
        ("salesforce-token.no-id", "token upstream_unavailable"),
        ("salesforce-token.id-elsewhere", "token upstream_unavailable"),
        ("salesforce-token.id-of-other-organization", "organization organization_mismatch"),
        ("salesforce-api.INVALID_SESSION_ID", "organization credentials_rejected"),
        ("salesforce-api.REQUEST_LIMIT_EXCEEDED", "organization upstream_throttled"),
        ("salesforce-api.API_DISABLED_FOR_ORG", "organization security_role_missing"),
        ("salesforce-api.INSUFFICIENT_ACCESS", "organization security_role_missing"),
        ("salesforce-api.MALFORMED_QUERY", "organization upstream_unavailable"),
        ("salesforce-api.QUERY_TIMEOUT", "organization upstream_unavailable"),
        ("salesforce-api.NOT_FOUND", "organization environment_not_found"),
        ("salesforce-api.UNKNOWN_EXCEPTION", "organization upstream_unavailable"),
        ("salesforce-api.SERVER_UNAVAILABLE", "organization upstream_unavailable"),
        ("salesforce-api.object-form", "organization upstream_unavailable"),
    ]

    @Test("says of every answer of Salesforce's what it means, and is saved once it is over", arguments: faults)
    func fault(name: String, verdict: String) async throws {
        let world = try await World()
        try world.simulator.set(name)
        // Only client credentials run as somebody.
        let draft = try world.draft(withKey: name != "salesforce-token.no-run-as-user")
        #expect(try await world.verdict(draft) == verdict)
        #expect(try await world.verdict(draft) == "saved")
    }

    @Test("is found by the audience that its login takes, whichever that is, and named where it takes none")
    func audience() async throws {
        let world = try await World()
        try world.simulator.set("salesforce-token.audience", times: 2)
        #expect(try await world.verdict(try world.draft()) == "saved")
        try world.simulator.set("salesforce-token.audience", times: 3)
        #expect(try await world.verdict(try world.draft()) == "token configuration_invalid")
    }

    @Test("has the secret of its app tried, also where the key is right, and keeps the one that works")
    func secret() async throws {
        let world = try await World()
        let saved = try #require(try await world.save(try world.draft()).saved)
        for secret in [try world.salesforce.consumer("external").secret, "mistyped"] {
            let draft = SalesforceDraft(clientSecret: .given(Secret(Array(secret.utf8))))
            #expect(try await world.verdict(draft) == "token credentials_rejected")
            #expect(try await world.store.connection(world.id) == saved)
        }
    }

    @Test("is not readable, and never has none, where setup is hidden")
    func hidden() async throws {
        let world = try await World()
        for (matching, verdict) in [
            ("FROM%20SetupEntityAccess", "permissionSets security_role_missing"),
            ("FROM%20TwoFactorMethodsInfo", "emails security_role_missing"),
        ] {
            try world.simulator.set("salesforce-api.INVALID_TYPE", matching: matching)
            #expect(try await world.verdict(try world.draft()) == verdict)
        }
    }

    @Test("asks for a new token where its session was ended, and goes on")
    func sessionEnded() async throws {
        let world = try await World()
        let saved = try #require(try await world.save(try world.draft()).saved)
        let setup = SalesforceSetup()
        let sender = StandInSender(simulator: world.simulator)
        let tokens = SalesforceTokenClient(sender: sender, clock: world.salesforce.standIns.clock) { setup.hosts }
        let application = try SalesforceClients(vault: TestVault()).application(of: saved, setup: setup)
        for _ in 0..<2 {
            let rows = try await tokens.using(application) { session throws(ConnectorError) in
                try await SalesforceClient(sender: sender, session: session).query("SELECT Id FROM Organization")
            }
            #expect(rows.count == 1)
            world.simulator.endSessions()
        }
        let session = try await tokens.newSession(of: application)
        let client = SalesforceClient(sender: sender, session: session)
        #expect(try await client.userInfo().username == "integration@acme.example")
        let limits = try await client.limits()
        #expect(limits.largest > 0 && limits.remaining < limits.largest)
    }
}
