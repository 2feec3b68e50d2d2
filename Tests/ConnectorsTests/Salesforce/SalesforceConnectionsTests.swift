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

        init(
            _ answers: [String: IncomingResponse] = [:], store: InMemoryStore? = nil, operatorClient: Bool = false
        ) async throws {
            let org = FakeOrg(answers)
            let setup = SalesforceInputTests.setup(operatorClient: operatorClient)
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
        #expect(report.stages[1].detail.hasSuffix(", and takes the consumer secret") && report.stages[1].hint == nil)
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
                "token", "introspect", "Organization", "User", "PermissionSet", "PermissionSetAssignment",
                "PermissionSetGroup",
                "PermissionSetGroupComponent", "SetupEntityAccess", "CustomPermission", "PermissionSet",
                "PermissionSet", "TwoFactorMethodsInfo", "UserLogin",
            ])
        for request in bench.org.requests.dropFirst(2) { #expect(request.url.target.hasSuffix("LIMIT%201")) }
    }

    @Test("asks nobody about people where agents' own tokens read, but whether there is such a login")
    func nobodyReads() async throws {
        let bench = try await Bench()
        let draft = try Acme.draft { ($0.clientKey, $0.integrationUsername) = (.absent, .absent) }
        let report = try await bench.save(draft)
        #expect(report.stages.map(\.name) == [.input, .token] && report.saved != nil)
        #expect(bench.org.names == ["metadata"])
        #expect(report.stages[1].detail.contains(Acme.organization))
        #expect(report.stages[1].hint?.contains("sign in once") == true)
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
        Failure(
            "another app's secret beside the right key", .token, .credentialsRejected, "Consumer Secret",
            ["introspect": .oauthError("invalid_client", "invalid client credentials")]),
        Failure(
            "another app's secret, as RFC 6749 says it", .token, .credentialsRejected, "Consumer Secret",
            ["introspect": .json(401, #"{"error":"invalid_client"}"#)]),
        Failure("introspection down", .token, .upstreamUnavailable, "try again", ["introspect": .page(503)]),
        Failure("introspection throttled", .token, .upstreamThrottled, "wait", ["introspect": .page(429)]),
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
            "nobody who reads", .organization, .securityRoleMissing, "see itself", ["User": .records([])]),
        Failure(
            "a nameless reader", .organization, .securityRoleMissing, "see itself",
            ["User": .records([#"{"Id":"\#(Acme.user)"}"#])]),
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
        "says where Salesforce does not say whether the secret is the app's, and passes",
        arguments: [
            .json(#"{"active":false}"#), .json("{}"), .page(404),
            .oauthError("unauthorized_client", "no introspection"),
        ] as [IncomingResponse])
    func secretOpen(answer: IncomingResponse) async throws {
        let bench = try await Bench(["introspect": answer])
        let report = try await bench.save()
        #expect(report.saved != nil && report.stages[1].isPassed)
        #expect(report.stages[1].detail.contains("the first sign-in proves it"), "\(report.stages[1])")
        #expect(report.stages[1].hint?.contains("Manage Consumer Details") == true)
    }

    @Test(
        "asks about the session it was given, by the key and the secret of the app, and nobody where there is no need")
    func introspects() async throws {
        let bench = try await Bench()
        try await bench.save()
        let request = try #require(
            bench.org.requests.first { $0.url.text == "\(Acme.login)/services/oauth2/introspect" })
        #expect(
            request.formFields == [
                "token": "00D8Z!AT", "token_type_hint": "access_token", "client_id": Acme.clientID,
                "client_secret": Acme.secret,
            ])
        for (part, says) in [("key", true), ("secret", false)] {
            let other = try await Bench()
            let report = try await other.save(
                Acme.draft { draft in
                    if part == "key" { draft.clientKey = .absent } else { draft.clientSecret = .absent }
                })
            #expect(report.isPassed && !other.org.names.contains("introspect"))
            #expect(report.stages[1].detail.contains("takes the consumer secret") == says)
        }
    }

    @Test("does not tell whom the operator's app reads an org as: that whoever asks may know, nothing proves")
    func otherUserOfOperatorsApp() async throws {
        let answers = ["User": IncomingResponse.records([#"{"Id":"\#(Acme.user)","Username":"other@acme.example"}"#])]
        let draft = SalesforceDraft(loginURL: .text(Acme.login), integrationUsername: .text(Acme.username))
        let operators = try await Bench(answers, operatorClient: true).save(draft)
        let last = try #require(operators.stages.last)
        #expect(last.name == .organization && last.code == .configurationInvalid)
        #expect(!"\(operators.stages)".contains("other@acme.example") && last.detail.contains("another user's"))
        let own = try await Bench(answers).save()
        #expect(own.stages.last?.detail.contains("other@acme.example") == true)
    }

    @Test("does not tell which org the operator's app reads in place of the one that was named")
    func otherOrgOfOperatorsApp() async throws {
        let draft = SalesforceDraft(
            loginURL: .text(Acme.login), integrationUsername: .text(Acme.username),
            organizationID: .text("00D000000000001"))
        let stages = try await Bench(operatorClient: true).save(draft).stages
        #expect(stages.last?.code == .organizationMismatch && stages.last?.detail.contains("another org") == true)
        let own = try await Bench().save(Acme.draft { $0.organizationID = .text("00D000000000001") })
        let org = try #require(own.stages.last?.detail.firstRange(of: "the org "))
        let id = try #require(own.stages.last?.detail[org.upperBound...].prefix(18))
        #expect(id.hasPrefix("00D") && !"\(stages)".contains(id))
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

    @Test("says how many names it did not look for")
    func manyRules() async throws {
        let bench = try await Bench()
        var tenant = try #require(try await bench.store.tenant(.test()))
        tenant.settings.rules = (1...23).map { Rule(.salesforcePermissionSet("Set\($0)"), role: .agent) }
        _ = try await bench.store.update(
            tenant, expectedVersion: tenant.version,
            audit: AuditEntry("tenant.update", Self.stamp, license: tenant.license))
        let report = try await bench.save()
        #expect(
            report.stages[3].detail == "20 of the 20 names in rules are there; the other 3 were not looked for")
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
