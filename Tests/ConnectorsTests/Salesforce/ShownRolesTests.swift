import AuthService
import BridgeCore
import BridgeTesting
import HTTPMessage
import Testing

@testable import Connectors

@Suite("What an org shows of somebody's roles")
struct ShownRolesTests {
    private typealias Judging = SalesforceJudgeTests

    @Test("tells a person without custom permissions from an org that shows nobody's")
    func noAccess() async throws {
        var bench = try Judging.Bench()
        bench.rules = [Judging.permission]
        #expect(Judging.code(try await bench.decide()) == .roleMissing)
        bench.org.set("SELECT Id FROM SetupEntityAccess LIMIT 1", .records([]))
        let judgement = try await bench.decide(at: 61)
        #expect(Judging.code(judgement) == .rolesUnavailable)
        #expect(try Judging.facts(judgement).unreadable == [.customPermissions])
    }

    @Test("does not count what a session has to activate first, nor what that gives")
    func activation() async throws {
        let set = #"{"Name":"A","Label":"A","IsOwnedByProfile":false,"HasActivationRequired":true}"#
        var bench = try Judging.Bench([
            "FROM PermissionSetAssignment": .records([
                ScriptedOrg.profile, ScriptedOrg.set("A", 1, ["PermissionSet": set]),
            ]),
            "FROM CustomPermission": .records([ScriptedOrg.permission("Agent", 7)]),
        ])
        bench.rules = [Judging.permission]
        #expect(Judging.code(try await bench.decide()) == .roleMissing)
        let queries = bench.org.requests.map { ScriptedOrg.decoded($0.url.target) }
        let sets = try #require(queries.first { $0.contains("FROM SetupEntityAccess WHERE") })
        #expect(!sets.contains(ScriptedOrg.id("0PS", 1)))
        let assignments = try #require(queries.first { $0.contains("FROM PermissionSetAssignment") })
        #expect(assignments.contains("PermissionSet.HasActivationRequired"))
        #expect(assignments.contains("PermissionSetGroup.HasActivationRequired"))
    }

    @Test("counts sets of a group without their own activation: the group is activated as one")
    func activationInGroup() async throws {
        let member =
            #"{"PermissionSetGroupId":"\#(ScriptedOrg.id("0PG", 1))","PermissionSetId":"\#(ScriptedOrg.id("0PS", 2))","#
            + #""PermissionSet":{"Name":"Cobrowse.io Agent","Type":"Session","HasActivationRequired":true}}"#
        let bench = try Judging.Bench([
            "FROM PermissionSetAssignment": .records([ScriptedOrg.profile, ScriptedOrg.group("Support", 1)]),
            "FROM PermissionSetGroupComponent": .records([member]),
        ])
        #expect(try await bench.decide().outcome.get().role == .agent)
    }

    @Test("does without the column of revoked assignments where an org has none, and remembers that")
    func withoutRevocation() async throws {
        let bench = try Judging.Bench(["IsRevoked FROM PermissionSetAssignment": .refusal("INVALID_FIELD", 400)])
        for seconds in [0, 61, 122] as [Int64] {
            #expect(try await bench.decide(at: seconds).outcome.get().role == .agent)
        }
        #expect(bench.org.asked.filter { $0 == "PermissionSetAssignment" }.count == 4)
        // As long as the session: user access policies may be enabled at any time.
        let connection = try bench.connection.requireSalesforce()
        let login = try SalesforceLogin(connection.loginURL, hosts: SalesforceHosts())
        bench.sessions.forget(clientID: "3MVG9", at: login)
        _ = try await bench.decide(at: 183)
        #expect(bench.org.asked.filter { $0 == "PermissionSetAssignment" }.count == 6)
    }

    @Test("tells in the org's own words that a column is not there")
    func unknownField() async throws {
        let judgement = try await Judging.Bench(["FROM PermissionSetAssignment": .refusal("INVALID_FIELD", 400)])
            .decide()
        guard case .failure(let denial) = judgement.outcome else {
            Issue.record("somebody without known roles is let in")
            return
        }
        #expect(denial.code == .rolesUnavailable && denial.detail.contains("INVALID_FIELD: what Salesforce writes"))
        #expect(try Judging.facts(judgement).unreadable.isEmpty)
    }

    @Test("takes what is no permission set in a group for one that mutes, never for one that gives")
    func memberWithoutSet() async throws {
        var bench = try Judging.Bench([
            "FROM PermissionSetAssignment": .records([ScriptedOrg.profile, ScriptedOrg.group("Support", 1)]),
            "FROM PermissionSetGroupComponent": .records([
                ScriptedOrg.memberWithoutSet(of: 1, 3), ScriptedOrg.member(of: 1, "Member", 2),
            ]),
            "FROM SetupEntityAccess": .records([
                ScriptedOrg.access(3, 7, prefix: "0QM"), ScriptedOrg.access(2, 7), ScriptedOrg.access(2, 8),
            ]),
            "FROM CustomPermission": .records([ScriptedOrg.permission("Other", 8)]),
        ])
        bench.rules = [Rule(.salesforceCustomPermission(ScriptedOrg.id("0CP", 7)), role: .agent)]
        let judgement = try await bench.decide()
        #expect(Judging.code(judgement) == .roleMissing)
        #expect(try Judging.facts(judgement).permissionSets?.map(\.name) == ["Member"])
        #expect(try Judging.facts(judgement).customPermissions?.map(\.name) == ["Other"])
    }

    @Test("finds a custom permission without a name by its id, and does not take it for another one")
    func nameless() async throws {
        let (hidden, shown) = (ScriptedOrg.id("0CP", 7), ScriptedOrg.id("0CP", 8))
        var bench = try Judging.Bench([
            "FROM SetupEntityAccess": .records([ScriptedOrg.access(1, 7), ScriptedOrg.access(1, 8)]),
            "FROM CustomPermission": .records([ScriptedOrg.permission("Other", 8)]),
        ])
        for (names, code) in [
            ([hidden], nil), (["cbio__Agent"], .rolesUnavailable), ([shown], nil),
            ([ScriptedOrg.id("0CP", 9)], .roleMissing),
            (["cbio__Agent", "Other"], nil), ([ScriptedOrg.id("0CP", 9), "cbio__Agent"], .rolesUnavailable),
        ] as [([String], ReasonCode?)] {
            bench.rules = names.map { Rule(.salesforceCustomPermission($0), role: .agent) }
            bench.kept.forgetAll()
            let judgement = try await bench.decide()
            #expect(Judging.code(judgement) == code, "\(names)")
            #expect(try Judging.facts(judgement).customPermissions?.count == 2)
        }
        bench.rules = [Judging.permission]
        guard case .failure(let denial) = try await bench.decide().outcome else {
            Issue.record("somebody without known roles is let in")
            return
        }
        #expect(denial.detail.contains(hidden) && !denial.detail.contains(shown))
    }
}
