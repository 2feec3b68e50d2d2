import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("A decision by what an org says")
struct SalesforceJudgeTests {
    /// A tested connection of one org and everything that judges through it.
    struct Bench {
        let org: ScriptedOrg
        let sessions: FakeSessions
        let kept = KeptSalesforceRoles(capacity: 8)
        let judge: SalesforceJudge
        var connection: Connection
        var rules = Rule.shipped

        /// - Parameter integration: whether an integration user reads the org.
        init(
            _ answers: [String: IncomingResponse] = [:], integration: Bool = true, refusing: ConnectorError? = nil
        ) throws {
            org = ScriptedOrg(answers)
            sessions = FakeSessions(refusing: refusing)
            judge = SalesforceJudge(
                people: SalesforcePeople(sender: org, tokens: sessions, kept: kept),
                setup: SalesforceSetup(operatorClient: .init(clientID: "3MVG9", secret: Secret(Array("s".utf8)))),
                clients: SalesforceClients(vault: try TestVault()))
            connection = Connection(
                ConnectionID(.salesforce, .standard, of: try .test()),
                .salesforce(
                    SalesforceSettings(
                        loginURL: ScriptedOrg.instance, clientID: nil,
                        integrationUsername: integration ? "bridge@example.com" : nil,
                        organizationID: try SalesforceID(ScriptedOrg.organization).unwrapped("id"))),
                credential: nil, createdAt: now
            ).validated(.init(testedAt: now, clientID: "3MVG9", organizationID: ScriptedOrg.organization))
        }

        var policy: AccessPolicy {
            get throws { AccessPolicy(license: try .test(), rules: RuleSet(rules), addresses: .none) }
        }

        func decide(organization: Int = 1, at seconds: Int64 = 0) async throws -> Judgement {
            await judge.judge(
                try .test(organization: organization), through: connection, by: try policy,
                now: now.adding(seconds: seconds))
        }

        func decide(userCalled text: String) async throws -> Judgement? {
            try await judge.judge(userCalled: text, through: connection, by: try policy, now: now)
        }
    }

    static func code(_ judgement: Judgement?) -> ReasonCode? {
        if case .failure(let denial)? = judgement?.outcome { denial.code } else { nil }
    }

    static func facts(_ judgement: Judgement) throws -> SalesforceFacts {
        guard case .salesforce(let facts)? = judgement.facts?.origin else { throw Absent.facts }
        return facts
    }

    private enum Absent: Error { case facts }

    static let permission = Rule(.salesforceCustomPermission("cbio__Agent"), role: .agent)

    @Test("lets a person in with the role of the rules, known by org and user")
    func allows() async throws {
        let bench = try Bench()
        let judgement = try await bench.decide()
        let grant = try judgement.outcome.get()
        #expect(grant.role == .agent && grant.email.value == "ann@example.com" && grant.displayName == "Ann Example")
        #expect(grant.proof == .salesforceVerified && grant.identity.connection == "salesforce:default")
        #expect(grant.identity.organization == ScriptedOrg.organization && grant.identity.subject == ScriptedOrg.ann)
        #expect(
            judgement.trace.checks.map { "\($0.name.rawValue) \($0.outcome.rawValue)" }
                == ["connection", "user", "roles", "email", "address", "emailProof", "active", "person", "rules"]
                .map { "\($0) passed" })
        // The person's own token asks who it is, the integration user's what is assigned.
        #expect(bench.org.asked.first == "userinfo")
        #expect(bench.org.asked.dropFirst().sorted() == ["PermissionSetAssignment", "UserLogin"])
        #expect(bench.org.requests.map { $0.bearerToken?.copiedBytes.count } == [5, 13, 13])
        #expect(try Self.facts(judgement).profile?.name == "Support")
    }

    /// What UserInfo or a row says, and what comes of it.
    static let persons: [([String: IncomingResponse], ReasonCode)] = [
        (["/userinfo": ScriptedOrg.userInfo(["email_verified": "false"])], .emailUnverified),
        (["/userinfo": ScriptedOrg.userInfo(["email_verified": ""])], .emailUnverified),
        (["/userinfo": ScriptedOrg.userInfo(["email_verified": "\"true\""])], .emailUnverified),
        (["/userinfo": ScriptedOrg.userInfo(["email": "\"a@example.com.invalid\""])], .emailUnverified),
        (["/userinfo": ScriptedOrg.userInfo(["email": ""])], .emailMissing),
        (["/userinfo": ScriptedOrg.userInfo(["active": "false"])], .userInactive),
        // What the org was asked and does not say, or not in the form it has, is no yes.
        (["/userinfo": ScriptedOrg.userInfo(["active": ""])], .userInactive),
        (["/userinfo": ScriptedOrg.userInfo(["active": "\"false\""])], .userInactive),
        (["/userinfo": ScriptedOrg.userInfo(["active": "null"])], .userInactive),
        (["/userinfo": ScriptedOrg.userInfo(["user_type": ""])], .notAPerson),
        (["/userinfo": ScriptedOrg.userInfo(["user_type": "null"])], .notAPerson),
        (["FROM UserLogin": .records([#"{"IsFrozen":true}"#])], .userInactive),
        (["/userinfo": ScriptedOrg.userInfo(["user_type": "\"POWER_PARTNER\""])], .notAPerson),
        (
            ["/userinfo": ScriptedOrg.userInfo(["organization_id": "\"\(ScriptedOrg.id("00D", 2))\""])],
            .organizationMismatch
        ),
        (["/userinfo": ScriptedOrg.userInfo(["user_id": "\"\(ScriptedOrg.id("005", 2))\""])], .claimInvalid),
        (["/userinfo": ScriptedOrg.userInfo(["user_id": ""])], .upstreamUnavailable),
        (["/userinfo": .refusal("INVALID_SESSION_ID", 401)], .codeInvalid),
        (["/userinfo": .page(503)], .upstreamUnavailable),
        (["FROM PermissionSetAssignment": .records([ScriptedOrg.profile])], .roleMissing),
        (
            [
                "FROM PermissionSetAssignment": .records([
                    ScriptedOrg.set("A", 1, label: "Cobrowse.io Agent", ["IsActive": "false"])
                ])
            ], .roleMissing
        ),
        (
            [
                "FROM PermissionSetAssignment": .records([
                    ScriptedOrg.set("A", 1, label: "Cobrowse.io Agent", ["IsRevoked": "true"])
                ])
            ], .roleMissing
        ),
        (
            [
                "FROM PermissionSetAssignment": .records([
                    ScriptedOrg.set(
                        "A", 1, label: "Cobrowse.io Agent", ["ExpirationDate": "\"2027-01-15T08:00:00.000+0000\""])
                ])
            ], .roleMissing
        ),
        (
            [
                "FROM PermissionSetAssignment": .records([
                    ScriptedOrg.set("A", 1, label: "Cobrowse.io Agent", ["ExpirationDate": "\"soon\""])
                ])
            ], .roleMissing
        ),
        // What a session has to activate first.
        (
            [
                "FROM PermissionSetAssignment": .records([
                    ScriptedOrg.profile,
                    ScriptedOrg.set(
                        "A", 1,
                        [
                            "PermissionSet":
                                #"{"Name":"A","Label":"Cobrowse.io Agent","IsOwnedByProfile":false,"HasActivationRequired":true}"#
                        ]),
                ])
            ], .roleMissing
        ),
        (
            [
                "FROM PermissionSetAssignment": .records([
                    ScriptedOrg.group(
                        "Support", 1,
                        [
                            "PermissionSetGroup":
                                #"{"DeveloperName":"Support","MasterLabel":"S","HasActivationRequired":true}"#
                        ])
                ]),
                "FROM PermissionSetGroupComponent": .records([ScriptedOrg.member(of: 1, "Cobrowse.io Agent", 2)]),
            ], .roleMissing
        ),
        // A right that is missing shows as no rows, or as an object that is not there: never as none.
        (["FROM PermissionSetAssignment": .records([])], .rolesUnavailable),
        (["FROM PermissionSetAssignment": .refusal("INVALID_TYPE", 400)], .rolesUnavailable),
        (["FROM PermissionSetAssignment": .refusal("REQUEST_LIMIT_EXCEEDED", 403)], .rolesUnavailable),
        (["FROM PermissionSetAssignment": .page(500)], .rolesUnavailable),
        (["FROM UserLogin": .page(500)], .rolesUnavailable),
    ]

    @Test("is that of the person", arguments: persons.indices)
    func person(place: Int) async throws {
        let (answers, code) = Self.persons[place]
        let judgement = try await Bench(answers).decide()
        #expect(Self.code(judgement) == code, "\(judgement.outcome)")
    }

    @Test("is none before the person is known to belong to the connection")
    func before() async throws {
        var bench = try Bench()
        #expect(Self.code(try await bench.decide(organization: 9)) == .organizationMismatch)
        let settings = try bench.connection.requireSalesforce()
        bench.connection = Connection(
            bench.connection.id, .salesforce(settings), credential: nil, createdAt: now)
        #expect(Self.code(try await bench.decide()) == .connectionUnvalidated)
        #expect(bench.org.requests.isEmpty)
    }

    @Test("names the right that is missing, and who gives it")
    func missingRight() async throws {
        let judgement = try await Bench(["FROM PermissionSetAssignment": .records([])]).decide()
        guard case .failure(let denial) = judgement.outcome else {
            Issue.record("somebody without known roles is let in")
            return
        }
        #expect(denial.detail.contains("View Setup and Configuration"))
        #expect(denial.hint?.contains("integration user") == true)
        #expect(try Self.facts(judgement).unreadable == [.permissionSets])
        #expect(judgement.trace.checks.contains { $0.name == .roles && $0.outcome == .warning })
    }

    @Test("does not name a right where the API is closed altogether")
    func closed() async throws {
        let closed = IncomingResponse.refusal("API_DISABLED_FOR_ORG", 403)
        let judgement = try await Bench(["FROM UserLogin": closed, "FROM PermissionSetAssignment": closed]).decide()
        guard case .failure(let denial) = judgement.outcome else {
            Issue.record("somebody without known roles is let in")
            return
        }
        #expect(denial.code == .rolesUnavailable && denial.detail.contains("API_DISABLED_FOR_ORG"))
        #expect(try Self.facts(judgement).unreadable.isEmpty)
    }

    @Test("takes no frozen user for one that is not where nobody may say so")
    func frozenUnknown() async throws {
        let judgement = try await Bench(["FROM UserLogin": .refusal("INVALID_TYPE", 400)]).decide()
        #expect(try judgement.outcome.get().role == .agent)
        #expect(try Self.facts(judgement).unreadable == [.isFrozen])
        #expect(judgement.trace.checks.contains { $0.name == .active && $0.detail.contains("not known") })
    }

    @Test("counts the sets of a group as long as the group, and not those that mute")
    func groups() async throws {
        let end = "\"2027-01-15T08:01:00.000+0000\""
        var bench = try Bench([
            "FROM PermissionSetAssignment": .records([
                ScriptedOrg.profile, ScriptedOrg.group("Support", 1, ["ExpirationDate": end]),
            ]),
            "FROM PermissionSetGroupComponent": .records([
                ScriptedOrg.member(of: 1, "Cobrowse.io Agent", 2), ScriptedOrg.member(of: 1, "Mute", 3, type: "Muting"),
            ]),
        ])
        let judgement = try await bench.decide()
        #expect(try judgement.outcome.get().validUntil == now.adding(seconds: 60))
        let facts = try Self.facts(judgement)
        #expect(facts.permissionSets?.map(\.name) == ["Cobrowse.io Agent"])
        #expect(facts.permissionSets?.first?.group == "Support" && facts.permissionSetGroups?.first?.name == "Support")
        bench.rules = [Rule(.salesforcePermissionSetGroup("Support label"), role: .administrator)]
        #expect(try await bench.decide().outcome.get().role == .administrator)
        bench.rules = [Rule(.salesforcePermissionSet("Mute"), role: .agent)]
        #expect(Self.code(try await bench.decide()) == .roleMissing)
    }

    @Test("finds custom permissions where sets give them and no group mutes them")
    func customPermissions() async throws {
        var bench = try Bench([
            "FROM PermissionSetAssignment": .records([
                ScriptedOrg.profile, ScriptedOrg.set("Plain", 1), ScriptedOrg.group("Support", 1),
                ScriptedOrg.set("Over", 4, ["IsActive": "false"]),
            ]),
            "FROM PermissionSetGroupComponent": .records([
                ScriptedOrg.member(of: 1, "Member", 2), ScriptedOrg.member(of: 1, "Mute", 3, type: "Muting"),
            ]),
            "FROM SetupEntityAccess": .records([
                ScriptedOrg.access(2, 7), ScriptedOrg.access(2, 8), ScriptedOrg.access(3, 8),
            ]),
            "FROM CustomPermission": .records([ScriptedOrg.permission("Agent", 7)]),
        ])
        bench.rules = [Self.permission]
        #expect(try await bench.decide().outcome.get().role == .agent)
        let queries = bench.org.requests.map { ScriptedOrg.decoded($0.url.target) }
        // What is in force is looked into, what it gives is looked up, what a group mutes is not.
        let sets = try #require(queries.first { $0.contains("FROM SetupEntityAccess") })
        for number in [90, 1, 2, 3] { #expect(sets.contains(ScriptedOrg.id("0PS", number))) }
        #expect(!sets.contains(ScriptedOrg.id("0PS", 4)) && !sets.contains(ScriptedOrg.id("0PS", 51)))
        let permissions = try #require(queries.first { $0.contains("FROM CustomPermission") })
        #expect(permissions.contains(ScriptedOrg.id("0CP", 7)) && !permissions.contains(ScriptedOrg.id("0CP", 8)))

        bench.org.set("FROM SetupEntityAccess", .refusal("INVALID_TYPE", 400))
        bench.kept.forgetAll()
        #expect(Self.code(try await bench.decide()) == .rolesUnavailable)
    }

    @Test("asks once where nothing came from memory")
    func askedOnce() async throws {
        let bench = try Bench(["FROM PermissionSetAssignment": .records([ScriptedOrg.profile])])
        #expect(Self.code(try await bench.decide()) == .roleMissing)
        #expect(bench.org.asked.sorted() == ["PermissionSetAssignment", "UserLogin", "userinfo"])
    }

    @Test("asks in parts for what does not fit into one URL")
    func manySets() async throws {
        var bench = try Bench([
            "FROM PermissionSetAssignment": .records((1...700).map { ScriptedOrg.set("S\($0)", $0 + 100) }),
            "FROM SetupEntityAccess": .records([ScriptedOrg.access(101, 7)]),
            "FROM CustomPermission": .records([ScriptedOrg.permission("Agent", 7)]),
        ])
        bench.rules = [Self.permission]
        #expect(try await bench.decide().outcome.get().role == .agent)
        #expect(bench.org.asked.filter { $0 == "SetupEntityAccess" }.count == 3)
        #expect(bench.org.requests.allSatisfy { $0.url.target.utf8.count < 16_000 })
    }

    @Test("reads roles once a minute for each person, and who it is every time")
    func cache() async throws {
        let bench = try Bench()
        for seconds in [0, 30, 59] as [Int64] { _ = try await bench.decide(at: seconds).outcome.get() }
        #expect(bench.org.asked.filter { $0 == "PermissionSetAssignment" }.count == 1)
        #expect(bench.org.asked.filter { $0 == "userinfo" }.count == 3)
        #expect(bench.org.asked.filter { $0 == "UserLogin" }.count == 3)
        _ = try await bench.decide(at: 60).outcome.get()
        #expect(bench.org.asked.filter { $0 == "PermissionSetAssignment" }.count == 2)
    }

    @Test("never refuses by what is in memory")
    func denialIsFresh() async throws {
        let bench = try Bench(["FROM PermissionSetAssignment": .records([ScriptedOrg.profile])])
        #expect(Self.code(try await bench.decide()) == .roleMissing)
        bench.org.set("FROM PermissionSetAssignment", .records([ScriptedOrg.set("A", 1, label: "Cobrowse.io Agent")]))
        let judgement = try await bench.decide(at: 1)
        #expect(try judgement.outcome.get().role == .agent)
        #expect(judgement.trace.checks.contains { $0.detail == "asked again before a refusal: role_missing" })
    }

    @Test("has a session that has ended exchanged once")
    func endedSession() async throws {
        let bench = try Bench(["FROM UserLogin": .refusal("INVALID_SESSION_ID", 401)])
        #expect(Self.code(try await bench.decide()) == .rolesUnavailable)
        #expect(bench.sessions.count == 2)
    }

    @Test("says why nobody could ask")
    func noSession() async throws {
        let refusal = ConnectorError(.consentRequired, "the app does not let the integration user in", hint: "h")
        let judgement = try await Bench(refusing: refusal).decide()
        guard case .failure(let denial) = judgement.outcome else {
            Issue.record("somebody without known roles is let in")
            return
        }
        #expect(denial.code == .rolesUnavailable && denial.detail.contains("does not let the integration user in"))
    }
}
