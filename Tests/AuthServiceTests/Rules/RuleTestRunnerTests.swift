import AuthService
import BridgeCore
import Testing

@Suite("Running rule tests")
struct RuleTestRunnerTests {
    /// One test with these facts under the shipped rules and a profile rule; what comes out.
    private static func outcome(_ source: String, _ facts: String, expect: String = "agent") throws -> RuleTestResult {
        let text =
            #"{"license":"a","tokenLifetime":"1h","rules":[],"ruleTests":[{"name":"t","\#(source)":\#(facts),"expect":"\#(expect)"}]}"#
        let tests = try TenantDocument(parsing: text.utf8).settings.ruleTests
        let rules = Rule.shipped + [Rule(.dynamicsTeam("Leads"), role: .administrator)]
        return try #require(RuleTestRunner(rules: rules, of: .test).run(tests, now: now).first)
    }

    @Test(
        "comes to what a login with these facts would",
        arguments: [
            ("salesforce", #"{"permissionSets":["Cobrowse.io Agent"]}"#, "agent"),
            ("salesforce", #"{"permissionSets":["cobrowse.io agent","Cobrowse.io Admin"]}"#, "administrator"),
            ("salesforce", #"{"permissionSets":[{"name":"CA","label":"Cobrowse.io Agent"}]}"#, "agent"),
            ("salesforce", #"{"permissionSets":[{"name":"Cobrowse.io Agent","isActive":false}]}"#, "role_missing"),
            (
                "salesforce",
                #"{"permissionSets":[{"name":"Cobrowse.io Agent","expirationDate":"2020-01-01"}]}"#, "role_missing"
            ),
            ("salesforce", #"{"permissionSets":[]}"#, "role_missing"),
            ("salesforce", "{}", "roles_unavailable"),
            ("salesforce", #"{"isFrozen":true,"permissionSets":["Cobrowse.io Agent"]}"#, "user_inactive"),
            ("salesforce", #"{"permissionSets":[{"name":"x","label":"Cobrowse.io Admin"}]}"#, "administrator"),
            ("salesforce", #"{"emailVerified":false,"permissionSets":["Cobrowse.io Agent"]}"#, "email_unverified"),
            ("salesforce", #"{"isActive":false,"permissionSets":["Cobrowse.io Agent"]}"#, "user_inactive"),
            ("salesforce", #"{"userType":"Guest","permissionSets":["Cobrowse.io Agent"]}"#, "not_a_person"),
            ("dynamics", #"{"securityRoles":["Cobrowse.io - Agent"],"teams":[]}"#, "agent"),
            ("dynamics", #"{"securityRoles":["Cobrowse.io - Agent"],"teams":["leads"]}"#, "administrator"),
            ("dynamics", #"{"securityRoles":["Cobrowse.io - Agent"]}"#, "agent"),
            ("dynamics", #"{"securityRoles":[],"teams":[]}"#, "role_missing"),
            ("dynamics", #"{"securityRoles":[]}"#, "roles_unavailable"),
            ("dynamics", #"{"isEnabled":false,"securityRoles":["Cobrowse.io - Agent"]}"#, "user_inactive"),
            ("dynamics", #"{"isPerson":false,"securityRoles":["Cobrowse.io - Agent"]}"#, "not_a_person"),
            ("dynamics", #"{"emailApproved":false,"securityRoles":["Cobrowse.io - Agent"]}"#, "email_unverified"),
        ])
    func outcomes(source: String, facts: String, expected: String) throws {
        let result = try Self.outcome(source, facts, expect: expected)
        #expect(result.actual.description == expected, "\(result.detail)")
        #expect(result.isPassed)
    }

    @Test("says of a failing test what was expected, what came out and why")
    func failure() throws {
        let result = try Self.outcome(
            "dynamics", #"{"securityRoles":["Cobrowse.io - Agent"],"teams":[]}"#, expect: "role_missing")
        #expect(!result.isPassed)
        #expect(
            result.description
                == #""t": expected role_missing, got agent (dynamics securityRole "Cobrowse.io - Agent" gives agent)"#)
        let denied = try Self.outcome("dynamics", #"{"securityRoles":[],"teams":[]}"#)
        #expect(!denied.isPassed)
        #expect(denied.description.hasPrefix(#""t": expected agent, got role_missing (none of the tenant's rules"#))
    }

    @Test("takes proposals with what is to be tried alone, and documents")
    func proposals() throws {
        func proposal(_ text: String) throws -> RuleProposal { try RuleProposal(DocumentText.value(text.utf8)) }
        let rule = #"{"source":"dynamics","match":{"team":"a"},"role":"agent"}"#
        let alone = try proposal(#"{"rules":[\#(rule)]}"#)
        #expect(alone.rules == [Rule(.dynamicsTeam("a"), role: .agent)])
        #expect(alone.ruleTests == nil && alone.license == nil)
        let tests = try proposal(#"{"ruleTests":[]}"#)
        #expect(tests.rules == nil && tests.ruleTests == [])
        let document = try proposal(#"{"license":"a","tokenLifetime":"1h","rules":[\#(rule)]}"#)
        #expect(document.license?.value == "a" && document.rules == alone.rules && document.ruleTests == [])
        for (text, place) in [
            ("{}", "rules"), ("[]", ""), (#"{"rules":[],"name":"a"}"#, "name"), (#"{"rules":[1]}"#, "rules[0]"),
            (#"{"license":"a","rules":[]}"#, "tokenLifetime"), (#"{"ruleTests":[{}]}"#, "ruleTests[0].name"),
        ] {
            #expect(throws: DocumentError(at: place, "")) { try proposal(text) }
        }
    }
}
