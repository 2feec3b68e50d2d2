import AuthService
import BridgeCore
import HTTPMessage
import Testing

@testable import Connectors

@Suite("A decision by what an agent's own token shows of an org")
struct OwnTokenTests {
    private typealias Judging = SalesforceJudgeTests

    private static func bench(_ answers: [String: IncomingResponse] = [:]) throws -> Judging.Bench {
        var bench = try Judging.Bench(answers, integration: false)
        bench.rules = [Rule(.salesforceCustomPermission("cbio__Agent"), role: .agent)]
        return bench
    }

    private static let row =
        #"{"DeveloperName":"Agent","NamespacePrefix":"cbio","SetupEntityId":"\#(ScriptedOrg.id("0CP", 7))"}"#

    @Test("goes by custom permissions, which every user may see of themselves")
    func rows() async throws {
        let bench = try Self.bench(["FROM UserSetupEntityAccess": .records([Self.row])])
        #expect(try await bench.decide().outcome.get().role == .agent)
        #expect(bench.org.asked == ["userinfo", "UserSetupEntityAccess"] && bench.sessions.count == 0)
        bench.org.set("FROM UserSetupEntityAccess", .records([]))
        #expect(Judging.code(try await bench.decide()) == .roleMissing)
    }

    @Test("goes by the claim where the API is closed to the person")
    func claim() async throws {
        let closed: [String: IncomingResponse] = ["FROM UserSetupEntityAccess": .refusal("API_DISABLED_FOR_ORG", 403)]
        let bench = try Self.bench(closed)
        #expect(Judging.code(try await bench.decide()) == .rolesUnavailable)
        bench.org.set("/userinfo", ScriptedOrg.userInfo(["custom_permissions": #"{"cbio__Agent":true,"Other":false}"#]))
        let judgement = try await bench.decide()
        #expect(try judgement.outcome.get().role == .agent)
        #expect(try Judging.facts(judgement).customPermissions?.map(\.name) == ["cbio__Agent"])
        bench.org.set("/userinfo", ScriptedOrg.userInfo(["custom_permissions": #"{"cbio__Agent":false}"#]))
        #expect(Judging.code(try await bench.decide()) == .roleMissing)
    }

    @Test(
        "does not take for none what the claim does not speak of: it has what is attached to the app",
        arguments: [
            ("{}", .rolesUnavailable), (#"{"Other":true}"#, .rolesUnavailable),
            (#"{"CBIO__agent":false}"#, .roleMissing),
            (#"{"cbio__Agent":null}"#, .rolesUnavailable),
        ] as [(String, ReasonCode)])
    func unsaid(claim: String, code: ReasonCode) async throws {
        let bench = try Self.bench([
            "FROM UserSetupEntityAccess": .refusal("API_DISABLED_FOR_ORG", 403),
            "/userinfo": ScriptedOrg.userInfo(["custom_permissions": claim]),
        ])
        let judgement = try await bench.decide()
        guard case .failure(let denial) = judgement.outcome else {
            Issue.record("somebody without known roles is let in")
            return
        }
        #expect(denial.code == code)
        guard code == .rolesUnavailable else { return }
        #expect(denial.detail.contains("\"cbio__Agent\"") && denial.hint?.contains("attach") == true)
        #expect(try Judging.facts(judgement).customPermissions != nil)
    }

    @Test("does not take permission sets, which it cannot see, for none")
    func sets() async throws {
        var bench = try Self.bench(["FROM UserSetupEntityAccess": .records([])])
        bench.rules.append(Rule(.salesforcePermissionSet("Cobrowse.io Admin"), role: .administrator))
        let judgement = try await bench.decide()
        guard case .failure(let denial) = judgement.outcome else {
            Issue.record("somebody without known roles is let in")
            return
        }
        #expect(denial.code == .rolesUnavailable && denial.detail.contains("View Setup and Configuration"))
        #expect(denial.hint?.contains("integration username") == true)
        bench.org.set("FROM UserSetupEntityAccess", .records([Self.row]))
        #expect(try await bench.decide().outcome.get().role == .agent)
    }
}

@Suite("What a login of any user of an org would come to")
struct AnyUserTests {
    private typealias Judging = SalesforceJudgeTests

    @Test("is asked by the integration user, also of who has never signed in")
    func found() async throws {
        let bench = try Judging.Bench()
        let judgement = try #require(try await bench.decide(userCalled: "ann@example.com"))
        #expect(try judgement.outcome.get().role == .agent)
        #expect(
            bench.org.asked.prefix(2) == ["User", "TwoFactorMethodsInfo"]
                && bench.org.asked.dropFirst(2).sorted() == ["PermissionSetAssignment", "UserLogin"])
        let facts = try Judging.facts(judgement)
        #expect(facts.username == "ann@example.com.acme" && facts.emailVerified == true && facts.isFrozen == false)
    }

    @Test("is nothing where there is no such user")
    func nobody() async throws {
        let bench = try Judging.Bench(["FROM User ": .records([])])
        #expect(try await bench.decide(userCalled: "o'neil@example.com") == nil)
        #expect(ScriptedOrg.decoded(bench.org.requests[0].url.target).contains(#"'o\'neil@example.com'"#))
    }

    @Test("is of the user with the username, else of the only one who is active")
    func several() async throws {
        let rows = [
            ScriptedOrg.user(["Id": "\"\(ScriptedOrg.id("005", 3))\"", "Username": "\"other@example.com\""]),
            ScriptedOrg.user(),
        ]
        let bench = try Judging.Bench(["FROM User ": .records(rows)])
        let error = await #expect(throws: ConnectorError.self) {
            try await bench.decide(userCalled: "ann@example.com")
        }
        #expect(error?.code == .conflict && error?.detail.contains("\"other@example.com\"") == true)
        let named = try #require(try await bench.decide(userCalled: "ANN@example.com.acme"))
        #expect(try Judging.facts(named).userID?.value == ScriptedOrg.ann)
        bench.org.set(
            "FROM User ",
            .records([
                ScriptedOrg.user([
                    "Id": "\"\(ScriptedOrg.id("005", 3))\"", "Username": "\"other@example.com\"", "IsActive": "false",
                ]), ScriptedOrg.user(),
            ]))
        let active = try #require(try await bench.decide(userCalled: "ann@example.com"))
        #expect(try Judging.facts(active).userID?.value == ScriptedOrg.ann)
    }

    @Test("is of the user with the username, also where very many others have it as their address")
    func crowd() async throws {
        let crowd = (100..<150).map { number in
            ScriptedOrg.user(["Id": "\"\(ScriptedOrg.id("005", number))\"", "Username": "\"u\(number)@example.com\""])
        }
        let bench = try Judging.Bench([
            "FROM User ": .records(crowd),
            "FROM User WHERE Username = 'shared@example.com' LIMIT 1": .records([
                ScriptedOrg.user(["Username": "\"shared@example.com\""])
            ]),
        ])
        let found = try #require(try await bench.decide(userCalled: "shared@example.com"))
        #expect(try Judging.facts(found).userID?.value == ScriptedOrg.ann)
    }

    @Test(
        "tells an address that is not verified from one of which nothing can be read",
        arguments: [
            (.records([#"{"HasUserVerifiedEmailAddress":false}"#]), "has not verified"),
            (.records([]), "does not say"), (.refusal("INVALID_TYPE", 400), "Multi-Factor Authentication in API"),
        ] as [(IncomingResponse, String)])
    func verification(answer: IncomingResponse, words: String) async throws {
        let bench = try Judging.Bench(["FROM TwoFactorMethodsInfo": answer])
        let judgement = try await bench.decide(userCalled: "ann@example.com")
        guard case .failure(let denial)? = judgement?.outcome else {
            Issue.record("somebody with an unproven address is let in")
            return
        }
        #expect(denial.code == .emailUnverified && denial.detail.contains(words))
    }

    @Test("does not take an org that shows nobody's verification for a user without one")
    func verificationOfNobody() async throws {
        let none = IncomingResponse.records([])
        let bench = try Judging.Bench(["FROM TwoFactorMethodsInfo": none])
        let shown = try #require(try await bench.decide(userCalled: "ann@example.com"))
        #expect(shown.trace.checks.contains { $0.outcome == .warning && $0.detail.contains("has no row of the user") })
        #expect(try Judging.facts(shown).unreadable.isEmpty)
        bench.org.set("SELECT UserId FROM TwoFactorMethodsInfo LIMIT 1", none)
        let hidden = try #require(try await bench.decide(userCalled: "ann@example.com"))
        #expect(try Judging.facts(hidden).unreadable == [.emailVerified])
        #expect(Judging.code(hidden) == .emailUnverified)
    }

    @Test("cannot be known without an integration user")
    func nobodyAsks() async throws {
        let bench = try Judging.Bench(integration: false)
        let error = await #expect(throws: ConnectorError.self) {
            try await bench.decide(userCalled: "ann@example.com")
        }
        #expect(error?.code == .connectionMissing)
    }
}
