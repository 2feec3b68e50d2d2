import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("A decision by what an environment says")
struct DynamicsJudgeTests {
    /// A tested connection of Entra tenant 1 and everything that judges through it.
    private struct Bench {
        let environment: FakeEnvironment
        let tokens = FakeTokens()
        let cache: RoleCache
        let judge: DynamicsJudge
        var connection: Connection
        var rules = Rule.shipped

        init(
            _ answers: [String: IncomingResponse] = [:], readAs: DynamicsSettings.ReadAs = .application,
            cacheCapacity: Int = 8
        ) throws {
            environment = FakeEnvironment(answers)
            cache = RoleCache(capacity: cacheCapacity)
            let setup = try DynamicsInputTests.setup(withOperator: true)
            judge = DynamicsJudge(
                people: DynamicsPeople(sender: environment, tokens: tokens, cache: cache), setup: setup,
                clients: DynamicsClients(vault: try TestVault()))
            connection = Connection(
                try .test(),
                .dynamics(
                    DynamicsSettings(
                        tenantID: try .test(1), clientID: nil, environmentURL: FakeEnvironment.origin, readAs: readAs)),
                credential: nil, createdAt: now
            ).validated(.init(testedAt: now, clientID: try GUID.test(77).value, organizationID: nil))
        }

        func decide(
            tenant: Int = 1, object: Int = 2, agentToken: AccessToken? = nil, at seconds: Int64 = 0
        ) async throws -> Judgement {
            let policy = AccessPolicy(license: try .test(), rules: RuleSet(rules), addresses: .none)
            return await judge.judge(
                EntraPerson(tenantID: try .test(tenant), objectID: try .test(object)), agentToken: agentToken,
                through: connection, by: policy, now: now.adding(seconds: seconds))
        }

        /// How often roles were asked for, and whether past all caches.
        var roleReads: [Bool] {
            environment.requests.filter { $0.url.target.contains("RetrieveAadUserRoles") }
                .map { $0.fields[.consistency] != nil }
        }
    }

    private static func code(_ judgement: Judgement) -> ReasonCode? {
        if case .failure(let denial) = judgement.outcome { denial.code } else { nil }
    }

    @Test("lets a person in with the role of the rules, known by tenant and object")
    func allows() async throws {
        let bench = try Bench()
        let judgement = try await bench.decide()
        let grant = try judgement.outcome.get()
        #expect(grant.role == .agent && grant.email.value == "ann@example.com" && grant.displayName == "Ann Example")
        #expect(grant.proof == .dataverseApproved)
        #expect(grant.identity.connection == "dynamics:default")
        #expect(grant.identity.organization == FakeEnvironment.id(1) && grant.identity.subject == FakeEnvironment.id(2))
        #expect(
            judgement.trace.checks.map { "\($0.name.rawValue) \($0.outcome.rawValue)" }
                == ["connection", "user", "roles", "email", "address", "emailProof", "active", "person", "rules"]
                .map { "\($0) passed" })
        // Nothing that people choose is an identity: only the row found by the object id counts (SX-9).
        #expect(bench.environment.targets[0].contains("azureactivedirectoryobjectid"))
    }

    @Test(
        "is that of the row",
        arguments: [
            (["isdisabled": "true"], ReasonCode.userInactive), (["applicationid": "\"x\""], .notAPerson),
            (["accessmode": "4"], .notAPerson), (["emailrouteraccessapproval": "0"], .emailUnverified),
            (["emailrouteraccessapproval": "2"], .emailUnverified),
            (["emailrouteraccessapproval": "3"], .emailUnverified),
            (["emailrouteraccessapproval": "null"], .emailUnverified),
            (["internalemailaddress": "null"], .emailMissing),
        ])
    func row(changes: [String: String], code: ReasonCode) async throws {
        let bench = try Bench(["systemusers?": .rows([FakeEnvironment.user(changes)])])
        #expect(Self.code(try await bench.decide()) == code)
    }

    @Test("is none before the person is known to belong to the connection")
    func before() async throws {
        var bench = try Bench()
        #expect(Self.code(try await bench.decide(tenant: 9)) == .tenantMismatch)
        bench.connection = bench.connection.edited(
            .dynamics(
                DynamicsSettings(tenantID: try .test(1), clientID: nil, environmentURL: "https://b.crm4.dynamics.com")),
            credential: nil, at: now)
        #expect(Self.code(try await bench.decide()) == .connectionUnvalidated)
        #expect(bench.environment.requests.isEmpty)
    }

    @Test("of somebody whom the environment does not know is asked twice, the second time past its caches")
    func unknown() async throws {
        let bench = try Bench(["systemusers?": .rows([])])
        let judgement = try await bench.decide()
        #expect(Self.code(judgement) == .userUnknown && judgement.facts == nil)
        #expect(bench.environment.requests.map { $0.fields[.consistency]?.text } == [nil, "Strong"])
    }

    @Test("reads roles once a minute for each person, and the row every time")
    func cache() async throws {
        let bench = try Bench()
        for seconds in [0, 30, 59] as [Int64] { _ = try await bench.decide(at: seconds).outcome.get() }
        #expect(bench.roleReads == [false])
        #expect(bench.environment.targets.filter { $0.hasPrefix("systemusers?") }.count == 3)
        _ = try await bench.decide(at: 60).outcome.get()
        #expect(bench.roleReads == [false, false])
        // A clock that was set back knows nothing.
        _ = try await bench.decide(at: 5).outcome.get()
        #expect(bench.roleReads.count == 3)
        let kept = try await bench.decide(at: 6)
        #expect(kept.trace.checks.contains { $0.name == .roles && $0.detail.hasSuffix("read within the last minute") })
    }

    @Test("never refuses by what is in memory: it asks again, past the environment's caches")
    func denialIsFresh() async throws {
        let bench = try Bench(["RetrieveAadUserRoles": .rows([])])
        #expect(Self.code(try await bench.decide()) == .roleMissing)
        #expect(bench.roleReads == [false, true])
        bench.environment.set("RetrieveAadUserRoles", .rows([FakeEnvironment.role("Cobrowse.io - Agent", 21)]))
        let judgement = try await bench.decide(at: 1)
        #expect(try judgement.outcome.get().role == .agent)
        #expect(bench.roleReads == [false, true, true])
        #expect(judgement.trace.checks.contains { $0.detail == "asked again before a refusal: role_missing" })
        #expect(judgement.trace.checks.contains { $0.detail.hasSuffix("read past all caches") })
    }

    @Test("keeps the roles of few people, and forgets those of a connection that changes")
    func bounded() async throws {
        let bench = try Bench(cacheCapacity: 4)
        let (id, roles) = (bench.connection.id, DynamicsRoles(securityRoles: [], teams: nil))
        for number in 1...9 {
            bench.cache.keep(roles, of: .init(connection: id, objectID: try .test(number)), now: now)
        }
        func known(_ number: Int) throws -> Bool {
            bench.cache.roles(.init(connection: id, objectID: try .test(number)), withTeams: false, now: now) != nil
        }
        #expect(try (1...9).filter { try known($0) }.count <= 4)
        #expect(try known(9))
        let other = RoleCache.Key(connection: try .test("emea"), objectID: try .test(9))
        bench.cache.keep(roles, of: other, now: now)
        bench.cache.forget(id)
        #expect(try !known(9))
        #expect(bench.cache.roles(other, withTeams: false, now: now) != nil)
        bench.cache.forgetAll()
        #expect(bench.cache.roles(other, withTeams: false, now: now) == nil)
    }

    @Test("reads teams where a rule asks for them, and not otherwise")
    func teams() async throws {
        var bench = try Bench([
            "systemusers(\(FakeEnvironment.id(5)))/teammembership_association": .rows([#"{"name":"Support"}"#])
        ])
        _ = try await bench.decide().outcome.get()
        #expect(!bench.environment.targets.contains { $0.contains("teammembership") })
        bench.rules = [Rule(.dynamicsTeam("support"), role: .administrator)]
        // Roles without teams are in memory, and not enough.
        #expect(try await bench.decide(at: 1).outcome.get().role == .administrator)
        #expect(bench.environment.targets.contains { $0.contains("teammembership") })
    }

    @Test(
        "is roles_unavailable where they cannot be read to the end, with the cause, and asks no second time",
        arguments: [
            IncomingResponse.refusal(500, ""), .refusal(429, "0x80072322"), .refusal(403, "0x80040220"), .page(503),
            .json("{}"),
            .rows(
                [FakeEnvironment.role("Cobrowse.io - Agent", 21)],
                next: "\(FakeEnvironment.origin)/api/data/v9.2/broken?page=2"),
            .rows([FakeEnvironment.role("Cobrowse.io - Agent", 21)], next: "https://evil.example/api/data/v9.2/x"),
        ])
    func rolesUnavailable(answer: IncomingResponse) async throws {
        let bench = try Bench(["RetrieveAadUserRoles": answer, "broken": .refusal(500, "")])
        let judgement = try await bench.decide()
        #expect(Self.code(judgement) == .rolesUnavailable)
        guard case .failure(let denial) = judgement.outcome else { return }
        #expect(
            denial.detail.hasPrefix("the roles could not be read: https://acme.crm4.dynamics.com")
                || denial.detail.contains("acme.crm4.dynamics.com"))
        #expect(judgement.trace.checks.contains { $0.name == .roles && $0.outcome == .failed })
        #expect(bench.roleReads.count == 1)
    }

    @Test("says first what is wrong with the person, also where the roles cannot be read")
    func personFirst() async throws {
        let bench = try Bench([
            "RetrieveAadUserRoles": .refusal(500, ""),
            "systemusers?": .rows([FakeEnvironment.user(["isdisabled": "true"])]),
        ])
        #expect(Self.code(try await bench.decide()) == .userInactive)
    }

    @Test("is what keeps the environment from being asked, where that is so")
    func unreachable() async throws {
        let bench = try Bench(["systemusers?": .page(503)])
        let judgement = try await bench.decide()
        #expect(Self.code(judgement) == .upstreamUnavailable && judgement.facts == nil)
        #expect(bench.environment.requests.count == 1)
    }

    @Test("asks for another token once where the environment refuses the one in memory")
    func staleToken() async throws {
        let bench = try Bench(["systemusers?": IncomingResponse(HTTPStatus(rawValue: 401))])
        #expect(Self.code(try await bench.decide()) == .applicationUserMissing)
        #expect(bench.tokens.count == 2 && bench.tokens.forgotten.count == 1)
        #expect(Set(bench.environment.requests.compactMap { $0.bearerToken?.copiedBytes }).count == 2)
    }

    @Test("reads with the person's own token where the connection says so, and with no other")
    func agentToken() async throws {
        let bench = try Bench(readAs: .agent)
        #expect(Self.code(try await bench.decide()) == .consentRequired)
        let token = AccessToken(Secret(Array("ann's".utf8)), expiresAt: nil)
        #expect(try await bench.decide(agentToken: token).outcome.get().role == .agent)
        #expect(bench.environment.requests.allSatisfy { $0.bearerToken?.copiedBytes == Array("ann's".utf8) })
        #expect(bench.tokens.count == 0)
    }

    @Test("names the option that let somebody in, in the facts and in the trace")
    func mailboxes() async throws {
        var bench = try Bench([
            "systemusers?": .rows([FakeEnvironment.user(["emailrouteraccessapproval": "2"])])
        ])
        bench.connection = bench.connection.edited(
            .dynamics(
                DynamicsSettings(
                    tenantID: try .test(1), clientID: nil, environmentURL: FakeEnvironment.origin,
                    mailboxApproval: .notUsed)),
            credential: nil, at: now)
        let judgement = try await bench.decide()
        #expect(try judgement.outcome.get().proof == EmailProof.none)
        #expect(judgement.trace.checks.contains { $0.detail.contains("mailboxApproval is not-used") })
        guard case .dynamics(let facts)? = judgement.facts?.origin else { throw MissingFixture(name: "facts") }
        #expect(facts.mailboxApproval == .notUsed && facts.emailStatus == .pending)
    }
}
