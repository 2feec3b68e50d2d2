import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("Test and save of a connection to Salesforce")
struct SalesforceConnectionsTests {
    private static let stamp = AuditStamp(Actor("cli:test"), at: now)

    /// A tenant, and an org that does as a test says.
    private struct Bench {
        let store: InMemoryStore
        let org: FakeOrg
        let tokens: SalesforceTokenClient
        let connections: SalesforceConnections
        let roles = KeptSalesforceRoles(capacity: 8)

        init(_ answers: [String: IncomingResponse] = [:], store: InMemoryStore? = nil) async throws {
            let org = FakeOrg(answers)
            let setup = SalesforceInputTests.setup()
            let vault = try TestVault()
            self.org = org
            tokens = SalesforceTokenClient(sender: org, clock: FixedClock(now)) { setup.hosts }
            self.store = store ?? InMemoryStore()
            connections = SalesforceConnections(
                store: self.store, vault: vault, sender: org, tokens: tokens, clients: SalesforceClients(vault: vault),
                roles: roles, setup: { setup })
            if store == nil {
                try await self.store.insert(Tenant(license: try .test(), name: nil, createdAt: now), audit: stamp)
            }
        }

        @discardableResult
        func save(_ draft: SalesforceDraft? = nil, _ name: String = "default") async throws -> ConnectionReport {
            try await connections.save(try draft ?? Acme.draft(), as: .org(name), stamp: stamp)
        }

        func stored(_ name: String = "default") async throws -> Connection? {
            try await store.connection(.org(name))
        }
    }

    @Test("passes five stages in order, and is saved then")
    func passes() async throws {
        let bench = try await Bench()
        let report = try await bench.save()
        #expect(report.stages.map(\.name) == ConnectionStage.Name.salesforce)
        #expect(report.isPassed && report.stages.allSatisfy { $0.code == nil }, "\(report.stages)")
        let stored = try #require(try await bench.stored())
        #expect(report.saved == stored && stored.isValidated(operatorClientID: nil))
        #expect(stored.validation?.organizationID == Acme.organization)
        let opened = try SalesforceCredential(
            opening: try #require(stored.credential), of: stored.id, by: TestVault())
        #expect(opened.secret?.copiedBytes == Array(Acme.secret.utf8))
        #expect(opened.key?.publicKey == (try Acme.key.get().publicKey))
        // What is wrong with nothing, and should not stay so.
        #expect(report.stages[0].detail.contains("when the certificate of the key ends is not known"))
        #expect(report.stages[3].detail == "2 of the 2 names in rules are there")
    }

    @Test("learns the org where nobody says it, and names it")
    func learns() async throws {
        let bench = try await Bench()
        let report = try await bench.save(try Acme.draft { $0.organizationID = .absent })
        #expect(report.stages[2].detail.contains("\(Acme.organization) (\"Acme\")"))
        #expect(try await bench.stored()?.salesforce?.organizationID.value == Acme.organization)
    }

    @Test("asks for no record of a customer: the org, the reader, and a row of whatever decides")
    func asksLittle() async throws {
        let bench = try await Bench()
        try await bench.save()
        #expect(
            bench.org.names == [
                "token", "Organization", "User", "PermissionSet", "PermissionSetAssignment", "PermissionSetGroup",
                "PermissionSetGroupComponent", "SetupEntityAccess", "CustomPermission", "PermissionSet",
                "PermissionSet", "TwoFactorMethodsInfo", "UserLogin",
            ])
        for request in bench.org.requests.dropFirst() { #expect(request.url.target.hasSuffix("LIMIT%201")) }
    }

    @Test("asks nobody about people where agents' own tokens read, but whether there is such a login")
    func nobodyReads() async throws {
        let bench = try await Bench()
        let draft = try Acme.draft { ($0.clientKey, $0.integrationUsername) = (.absent, .absent) }
        let report = try await bench.save(draft)
        #expect(report.stages.map(\.name) == [.input, .token] && report.saved != nil)
        #expect(bench.org.names == ["metadata"])
        for (answer, code) in [
            (.json(#"{"issuer":"https://evil.example","jwks_uri":"https://evil.example/k"}"#), .issuerUnknown),
            (.page(404), .upstreamUnavailable),
        ] as [(IncomingResponse, ReasonCode)] {
            bench.org.set("metadata", answer)
            #expect(try await bench.save(draft).stages.last?.code == code)
        }
    }

    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let stage: ConnectionStage.Name
        let code: ReasonCode
        let says: String
        let answers: [String: IncomingResponse]

        init(
            _ name: String, _ stage: ConnectionStage.Name, _ code: ReasonCode, _ says: String,
            _ answers: [String: IncomingResponse]
        ) {
            (testDescription, self.stage, self.code, self.says, self.answers) = (name, stage, code, says, answers)
        }
    }

    static let failures = [
        Failure(
            "not pre-authorized", .token, .consentRequired, "Permitted Users",
            ["token": .oauthError("invalid_grant", "user hasn't approved this consumer")]),
        Failure(
            "clock or assertion", .token, .credentialsRejected, "clock",
            ["token": .oauthError("invalid_grant", "expired authorization code")]),
        Failure(
            "app made just now", .token, .credentialsRejected, "10 minutes",
            ["token": .oauthError("invalid_client_id", "client identifier invalid")]),
        Failure(
            "app not installed", .token, .consentRequired, "Install",
            ["token": .oauthError("OAUTH_APPROVAL_ERROR_GENERIC", "An unexpected error has occurred")]),
        Failure(
            "user deactivated", .token, .userInactive, "active",
            ["token": .oauthError("inactive_user", "user is inactive")]),
        Failure("login down", .token, .upstreamUnavailable, "try again", ["token": .page(503)]),
        Failure(
            "another org than is said", .organization, .organizationMismatch, "Company Information",
            [
                "Organization": .records([#"{"Id":"00D000000000001EAA","Name":"Other"}"#]),
                "token": FakeOrg.grant(id: "\(Acme.login)/id/00D000000000001EAA/\(Acme.user)"),
            ]),
        Failure(
            "another org than the token's", .organization, .organizationMismatch, "Company Information",
            ["Organization": .records([#"{"Id":"00D000000000001EAA","Name":"Other"}"#])]),
        Failure(
            "another user than is said", .organization, .configurationInvalid, "Run As",
            ["User": .records([#"{"Id":"\#(Acme.user)","Username":"other@acme.example"}"#])]),
        Failure(
            "no sets to be seen", .permissionSets, .securityRoleMissing, "View Setup and Configuration",
            ["PermissionSet": .records([])]),
        Failure(
            "no assignments to be seen", .permissionSets, .securityRoleMissing, "View Setup and Configuration",
            ["PermissionSetAssignment": .records([])]),
        Failure(
            "setup not visible", .permissionSets, .securityRoleMissing, "View Setup and Configuration",
            ["SetupEntityAccess": .apiError(400, "INVALID_TYPE")]),
        Failure(
            "setup without rows", .permissionSets, .securityRoleMissing, "View Setup and Configuration",
            ["SetupEntityAccess": .records([])]),
        Failure(
            "limit reached", .permissionSets, .upstreamThrottled, "API Requests",
            ["PermissionSet": .apiError(403, "REQUEST_LIMIT_EXCEEDED")]),
        Failure(
            "verification not visible", .emails, .securityRoleMissing, "Manage Multi-Factor Authentication in API",
            ["TwoFactorMethodsInfo": .apiError(400, "INVALID_TYPE")]),
    ]

    @Test("ends at the stage that fails, and changes nothing", arguments: failures)
    func fails(row: Failure) async throws {
        let bench = try await Bench(row.answers)
        let report = try await bench.save()
        let stages = ConnectionStage.Name.salesforce
        let count = try #require(stages.firstIndex(of: row.stage)) + 1
        #expect(report.stages.map(\.name) == Array(stages.prefix(count)))
        let last = try #require(report.stages.last)
        #expect(!last.isPassed && last.code == row.code, "\(last)")
        #expect(last.hint?.contains(row.says) == true, "\(last.hint ?? "")")
        #expect(report.stages.dropLast().allSatisfy { $0.isPassed })
        #expect(try await bench.stored() == nil && report.saved == nil)
    }

    @Test("leaves the stored connection as it works, when a new one fails", arguments: failures)
    func keepsWorking(row: Failure) async throws {
        let sound = try await Bench()
        let before = try #require(try await sound.save().saved)
        let broken = try await Bench(row.answers, store: sound.store)
        let report = try await broken.save(SalesforceDraft(clientSecret: .given(Acme.bytes("n3w"))))
        #expect(report.saved == nil)
        #expect(try await sound.stored() == before)
    }

    @Test(
        "says where frozen users cannot be told from others, and passes",
        arguments: [.apiError(400, "INVALID_TYPE"), .records([])] as [IncomingResponse])
    func frozen(answer: IncomingResponse) async throws {
        let bench = try await Bench(["UserLogin": answer])
        let report = try await bench.save()
        #expect(report.isPassed && report.stages[4].detail.contains("frozen"))
        #expect(report.stages[4].hint?.contains("Manage Users") == true)
    }

    @Test("warns of an integration user who may do everything")
    func tooMuch() async throws {
        let user = #"{"Id":"\#(Acme.user)","Username":"BRIDGE@acme.example","Profile":{"Name":"System Administrator"}}"#
        let report = try await Bench(["User": .records([user])]).save()
        #expect(report.isPassed && report.stages[2].detail.contains("far more than the bridge needs"))
    }

    @Test("looks for what the rules name, by name, label, namespaced name and id")
    func rules() async throws {
        let bench = try await Bench()
        var tenant = try #require(try await bench.store.tenant(.test()))
        tenant.settings.rules = [
            Rule(.salesforcePermissionSet("cbio__Agent"), role: .agent),
            Rule(.salesforcePermissionSet("0PS000000000001"), role: .agent),
            Rule(.salesforcePermissionSetGroup("O'Group"), role: .agent),
            Rule(.salesforceCustomPermission("Agents"), role: .agent),
            Rule(.salesforceProfile("Support"), role: .agent),
            Rule(.dynamicsSecurityRole("Nobody's"), role: .agent),
        ]
        _ = try await bench.store.update(
            tenant, expectedVersion: tenant.version,
            audit: AuditEntry("tenant.update", Self.stamp, license: tenant.license))
        let report = try await bench.save()
        #expect(report.stages[3].detail.hasPrefix("2 of the 5 names in rules are there"))
        let targets = bench.org.requests.map(\.url.target)
        #expect(targets.contains { $0.contains("NamespacePrefix%20%3D%20%27cbio%27%20AND%20Name%20%3D%20%27Agent%27") })
        #expect(targets.contains { $0.contains("Id%20%3D%20%270PS000000000001GAA%27") })
        #expect(targets.contains { $0.contains("%27O%5C%27Group%27") })
        #expect(!targets.contains { $0.contains("Nobody") })
    }

    @Test("is one to an org")
    func oneOrg() async throws {
        let bench = try await Bench()
        try await bench.save()
        await #expect(throws: StoreError(.conflict, "")) { try await bench.save(nil, "emea") }
    }

    @Test("forgets its tokens, and its people's roles, once it is changed or removed")
    func forgets() async throws {
        let bench = try await Bench()
        let saved = try #require(try await bench.save().saved)
        let setup = SalesforceInputTests.setup()
        let application = try SalesforceClients(vault: TestVault()).application(of: saved, setup: setup)
        let person = KeptSalesforceRoles.Key(
            connection: saved.id, person: try SalesforceID(Acme.user).unwrapped("user"))
        for change: () async throws -> Void in [
            { try await bench.save(SalesforceDraft(clientSecret: .given(Acme.bytes("n3w-secret")))) },
            { try await bench.connections.remove(.org(), stamp: Self.stamp) },
        ] {
            bench.org.set("token", FakeOrg.grant("AT1"))
            _ = try await bench.tokens.session(of: application)
            bench.org.set("token", FakeOrg.grant("AT2"))
            #expect(try await bench.tokens.session(of: application).token.secret.copiedBytes == Array("AT1".utf8))
            bench.roles.keep(SalesforceRoles(), of: person, now: now)
            try await change()
            #expect(bench.roles.roles(person, now: now) == nil)
            #expect(try await bench.tokens.session(of: application).token.secret.copiedBytes == Array("AT2".utf8))
            bench.tokens.forget(clientID: application.clientID, at: application.login)
        }
        #expect(try await bench.stored() == nil)
    }

    @Test("is not mistaken for one to Dynamics")
    func otherKind() async throws {
        let bench = try await Bench()
        let saved = try #require(try await bench.save().saved)
        let setup = try DynamicsInputTests.setup()
        let error = #expect(throws: ConnectorError.self) {
            try DynamicsClients(vault: TestVault()).client(of: saved, setup: setup)
        }
        #expect(error?.code == .configurationInvalid && error?.detail.contains("Dynamics 365") == true)
        let dynamics = try DynamicsInputTests.stored()
        #expect(throws: ConnectorError(.configurationInvalid, "")) {
            try SalesforceClients(vault: TestVault()).application(of: dynamics, setup: SalesforceInputTests.setup())
        }
    }
}
