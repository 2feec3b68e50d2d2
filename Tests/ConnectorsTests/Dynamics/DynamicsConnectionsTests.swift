import AuthService
import BridgeCore
import BridgeTesting
import Connectors
import HTTPMessage
import Testing

@Suite("Test and save of a connection")
struct DynamicsConnectionsTests {
    private static let stamp = AuditStamp(Actor("cli:test"), at: now)

    /// A tenant, and an environment and tokens that do as a test says.
    private struct Bench {
        let store = InMemoryStore()
        let environment: FakeEnvironment
        let tokens: FakeTokens
        let connections: DynamicsConnections

        init(_ answers: [String: IncomingResponse] = [:], refusing refusal: ConnectorError? = nil) async throws {
            environment = FakeEnvironment(answers)
            tokens = FakeTokens(refusing: refusal)
            let vault = try TestVault()
            let setup = try DynamicsInputTests.setup()
            connections = DynamicsConnections(
                store: store, vault: vault, sender: environment, tokens: tokens, clients: DynamicsClients(vault: vault),
                roles: RoleCache(), setup: { setup })
            try await store.insert(Tenant(license: try .test(), name: nil, createdAt: now), audit: stamp)
        }

        @discardableResult
        func save(
            _ draft: DynamicsDraft? = nil, _ name: String = "default"
        ) async throws -> ConnectionReport {
            try await connections.save(draft ?? DynamicsInputTests.draft(), as: .test(name), stamp: stamp)
        }

        func stored(_ name: String = "default") async throws -> Connection? {
            try await store.connection(.test(name))
        }
    }

    @Test("passes five stages in order, and is saved then (S2-9, S2-10, S2-19)")
    func passes() async throws {
        let bench = try await Bench()
        let report = try await bench.save()
        #expect(report.stages.map(\.name) == ConnectionStage.Name.dynamics)
        #expect(report.isPassed && report.stages.allSatisfy { $0.code == nil })
        let stored = try #require(try await bench.stored())
        #expect(report.saved == stored)
        #expect(stored.isValidated(operatorClientID: nil))
        #expect(stored.validation?.organizationID == (try GUID.test(12).value) && stored.validation?.testedAt == now)
        let credential = try #require(stored.credential)
        guard case .secret(let secret) = try ConnectionCredential(opening: credential, of: stored.id, by: TestVault())
        else { throw MissingFixture(name: "secret") }
        #expect(secret.copiedBytes == Array("abc8Q~value-of-the-secret".utf8))
    }

    @Test("asks for no row of a customer: who is asking, roles by name, one user, one team (S2-23, S2-24)")
    func asksLittle() async throws {
        let bench = try await Bench()
        try await bench.save()
        let paths = bench.environment.targets.map { $0.prefix { $0 != "?" } }
        #expect(
            paths == [
                "WhoAmI", "roles", "systemusers(\(FakeEnvironment.id(11)))/systemuserroles_association", "systemusers",
                "teams",
            ])
        #expect(bench.environment.targets[1].contains("name%20eq%20%27Cobrowse.io%20-%20Agent%27"))
        for target in bench.environment.targets.suffix(2) { #expect(target.hasSuffix("%24top=1")) }
        // The token that was just asked for, and no kept one: it is the credentials that are on trial.
        #expect(bench.tokens.count == 1)
    }

    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let stage: ConnectionStage.Name
        let code: ReasonCode
        let answers: [String: IncomingResponse]
        var refusal: ConnectorError?
    }

    static let failures = [
        Failure(
            testDescription: "secret refused", stage: .token, code: .credentialsRejected, answers: [:],
            refusal: ConnectorError(.credentialsRejected, "the client secret is wrong", fixedBy: .tenantAdministrator)),
        Failure(
            testDescription: "wrong environment in the scope (S3-31)", stage: .token, code: .environmentNotFound,
            answers: [:], refusal: ConnectorError(.environmentNotFound, "no such resource")),
        Failure(
            testDescription: "no application user", stage: .probe, code: .applicationUserMissing,
            answers: ["WhoAmI": .refusal(403, "0x80072560")]),
        Failure(
            testDescription: "no application user, 401 (S3-27)", stage: .probe, code: .applicationUserMissing,
            answers: ["WhoAmI": .refusal(401, "")]),
        Failure(
            testDescription: "environment down", stage: .probe, code: .upstreamUnavailable,
            answers: ["WhoAmI": .page(503)]),
        Failure(
            testDescription: "roles not readable", stage: .roles, code: .securityRoleMissing,
            answers: ["roles": .refusal(403, "0x80040220")]),
        Failure(
            testDescription: "own roles not readable", stage: .roles, code: .securityRoleMissing,
            answers: ["systemusers(": .refusal(403, "0x80040220")]),
        Failure(
            testDescription: "users not readable", stage: .users, code: .securityRoleMissing,
            answers: ["systemusers?": .refusal(403, "0x80040220")]),
        Failure(
            testDescription: "teams not readable", stage: .users, code: .securityRoleMissing,
            answers: ["teams": .refusal(403, "0x80040220")]),
    ]

    @Test("ends at the stage that fails, and changes nothing (S2-15, S2-18, S2-21)", arguments: failures)
    func fails(row: Failure) async throws {
        let bench = try await Bench(row.answers, refusing: row.refusal)
        let report = try await bench.save()
        let stages = ConnectionStage.Name.dynamics
        let count = try #require(stages.firstIndex(of: row.stage)) + 1
        #expect(report.stages.map(\.name) == Array(stages.prefix(count)))
        #expect(report.stages.last?.isPassed == false && report.stages.last?.code == row.code)
        #expect(report.stages.dropLast().allSatisfy { $0.isPassed })
        #expect(report.saved == nil)
        #expect(try await bench.stored() == nil)
        if row.stage == .token { #expect(bench.environment.requests.isEmpty) }
    }

    @Test("leaves the stored connection as it works, when a new one fails (S2-21, S2-29)", arguments: failures)
    func keepsWorking(row: Failure) async throws {
        let sound = try await Bench()
        let before = try #require(try await sound.save().saved)
        let broken = DynamicsConnections(
            store: sound.store, vault: try TestVault(), sender: FakeEnvironment(row.answers),
            tokens: FakeTokens(refusing: row.refusal), clients: DynamicsClients(vault: try TestVault()),
            roles: RoleCache(), setup: { [setup = try DynamicsInputTests.setup()] in setup })
        let report = try await broken.save(
            DynamicsDraft(clientSecret: DynamicsInputTests.secret("n3w")), as: .test(), stamp: Self.stamp)
        #expect(report.saved == nil)
        #expect(try await sound.stored() == before)
    }

    @Test("asks nobody about input that is wrong")
    func wrongInput() async throws {
        let bench = try await Bench()
        let report = try await bench.save(DynamicsDraft())
        #expect(report.stages.map(\.name) == [.input] && report.stages[0].code == .configurationInvalid)
        #expect(bench.tokens.count == 0 && bench.environment.requests.isEmpty)
    }

    @Test("needs input and token only where the agents' own tokens read")
    func agent() async throws {
        let bench = try await Bench()
        let report = try await bench.save(DynamicsInputTests.draft { $0.readAs = .text("agent") })
        #expect(report.stages.map(\.name) == [.input, .token])
        #expect(report.saved?.isValidated(operatorClientID: nil) == true)
        #expect(report.saved?.validation?.organizationID == nil)
        #expect(bench.environment.requests.isEmpty)
    }

    @Test("warns of System Administrator, of roles that are not there, and of an end that nobody knows (S3-25)")
    func warnings() async throws {
        let bench = try await Bench([
            "systemusers(": .rows([
                FakeEnvironment.role("Sys", 23, template: "627090FF-40A3-4053-8790-584EDC5BE201")
            ]), "roles": .rows([FakeEnvironment.role("cobrowse.io - agent", 21)]),
        ])
        let report = try await bench.save()
        #expect(report.isPassed && report.saved != nil)
        let roles = try #require(report.stages.first { $0.name == .roles })
        #expect(roles.detail.contains("1 of the 2"))
        #expect(roles.detail.contains("no security role \"Cobrowse.io - Administrator\""))
        #expect(roles.detail.contains("System Administrator"))
        #expect(roles.fixedBy == .environmentAdministrator && roles.hint?.contains("Read on User") == true)
        #expect(report.stages[0].detail.contains("when the secret ends is not known"))
        let dated = try await bench.save(
            DynamicsInputTests.draft { $0.secretExpiresAt = .text("2027-03-01") }, "default")
        #expect(dated.stages[0].hint == nil)
    }

    @Test("replaces the row of its name, and there is never a second one (S2-20)")
    func upsert() async throws {
        let bench = try await Bench()
        let first = try #require(try await bench.save().saved)
        let second = try #require(
            try await bench.save(DynamicsInputTests.draft { $0.mailboxApproval = .text("not-used") }).saved)
        #expect(second.version > first.version && second.createdAt == first.createdAt)
        #expect(try await bench.store.connections(of: .test()) == [second])
        try await bench.save(
            DynamicsInputTests.draft { $0.environmentURL = .text("https://apac.crm5.dynamics.com") }, "apac")
        #expect(try await bench.store.connections(of: .test()).map(\.id.name.value) == ["apac", "default"])
        await #expect(throws: StoreError(.conflict, "")) {
            _ = try await bench.save(DynamicsInputTests.draft(), "third")
        }
    }

    @Test(
        "of a new secret alone replaces the old one once it has passed (S2-28 to S2-31), and drops its tokens (S2-36)")
    func rotation() async throws {
        let bench = try await Bench()
        let before = try #require(try await bench.save().saved)
        let report = try await bench.save(DynamicsDraft(clientSecret: DynamicsInputTests.secret("n3w-secret")))
        let after = try #require(report.saved)
        #expect(after.settings == before.settings && after.credential?.secret?.mark != before.credential?.secret?.mark)
        #expect(bench.tokens.forgotten == ["\(DynamicsInputTests.client) \(DynamicsInputTests.tenant)"])
    }

    @Test("is refused where somebody else has changed the connection meanwhile")
    func meanwhile() async throws {
        let bench = try await Bench()
        let stored = try #require(try await bench.save().saved)
        let other = bench.store
        let environment = ScriptedSender { [fake = bench.environment] request throws(SendError) in
            if request.url.target.hasSuffix("WhoAmI") {
                _ = try? await other.put(stored.consented(at: now), over: stored.version, audit: Self.stamp)
            }
            return try await fake.send(request)
        }
        let connections = DynamicsConnections(
            store: bench.store, vault: try TestVault(), sender: environment, tokens: bench.tokens,
            clients: DynamicsClients(vault: try TestVault()), roles: RoleCache(),
            setup: { [setup = try DynamicsInputTests.setup()] in setup })
        await #expect(throws: StoreError(.conflict, "")) {
            _ = try await connections.save(
                DynamicsDraft(mailboxApproval: .text("not-used")), as: .test(), stamp: Self.stamp)
        }
        #expect(try await bench.stored()?.consentedAt == now)
    }

    @Test("tests without changing anything")
    func testOnly() async throws {
        let bench = try await Bench()
        let report = try await bench.connections.test(DynamicsInputTests.draft(), of: .test(), now: now)
        #expect(report.isPassed && report.saved == nil)
        #expect(try await bench.stored() == nil)
        #expect(try await bench.store.auditRecords(after: 0, limit: 9).count == 1)  // the tenant's own
        await #expect(throws: StoreError(.notFound, "")) {
            let other = ConnectionID(.dynamics, of: try License("nobody").unwrapped("license"))
            _ = try await bench.connections.test(DynamicsInputTests.draft(), of: other, now: now)
        }
    }

    @Test("removes credentials and cached tokens, and says where there is nothing to remove (S2-33 to S2-36)")
    func removes() async throws {
        let bench = try await Bench()
        try await bench.save()
        try await bench.connections.remove(.test(), stamp: Self.stamp)
        #expect(try await bench.stored() == nil)
        #expect(try await bench.store.sealedRecords().isEmpty)
        #expect(bench.tokens.forgotten == ["\(DynamicsInputTests.client) \(DynamicsInputTests.tenant)"])
        await #expect(throws: StoreError(.notFound, "")) {
            try await bench.connections.remove(.test(), stamp: Self.stamp)
        }
    }

    @Test("forgets what another process has changed or removed, and nothing else (S2-36)")
    func outside() async throws {
        let bench = try await Bench()
        for name in ["default", "apac"] {
            try await bench.save(
                DynamicsInputTests.draft { $0.environmentURL = .text("https://\(name).crm5.dynamics.com") }, name)
            // Used once, so that memory holds something of it.
            _ = try await bench.connections.test(DynamicsDraft(), of: .test(name), now: now)
        }
        try await bench.connections.forgetChanged()
        #expect(bench.tokens.forgotten.isEmpty)
        _ = try await bench.store.removeConnection(.test("apac"), expectedVersion: nil, audit: Self.stamp)
        try await bench.connections.forgetChanged()
        #expect(bench.tokens.forgotten.count == 1)
        try await bench.connections.forgetChanged()
        #expect(bench.tokens.forgotten.count == 1)
    }

    @Test("never echoes the secret, whatever comes of it (S2-26)")
    func silence() async throws {
        for row in Self.failures {
            let bench = try await Bench(row.answers, refusing: row.refusal)
            var writer = JSONWriter()
            writer.connectionReport(try await bench.save())
            #expect(!writer.text.contains("abc8Q~"))
            #expect(writer.text.hasPrefix(#"{"saved":false,"stages":[{"name":"input","ok":true,"code":null,"#))
        }
    }
}
