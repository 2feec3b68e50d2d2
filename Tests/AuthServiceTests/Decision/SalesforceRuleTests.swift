import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("The rules for people of a Salesforce org")
struct SalesforceRuleTests {
    /// A name in a rule, the names of what the person has, and whether they meet.
    struct Row: CustomTestStringConvertible, Sendable {
        let rule: String
        let names: [String]
        let matches: Bool

        var testDescription: String { "\(rule) \(matches ? "=" : "≠") \(names)" }

        init(_ rule: String, _ names: String..., is matches: Bool) {
            (self.rule, self.names, self.matches) = (rule, names, matches)
        }

        static let table: [Row] = [
            Row("Cobrowse_Agent", "Cobrowse_Agent", is: true),
            Row("Cobrowse_Agent", "cobrowse_AGENT", is: true),
            Row("Cobrowse_Agent", "Cobrowse_Agents", is: false),
            Row("Cobrowse_Agent", "Cobrowse_Agen", is: false),
            Row("Cobrowse_Agent", "", is: false),
            Row("Cobrowse_Agent", "Cobrowse Agent", is: false),
            Row("cbio__Agent", "Agent", "cbio__Agent", is: true),
            Row("Agent", "Agent", "cbio__Agent", is: true),
            Row("other__Agent", "Agent", "cbio__Agent", is: false),
            Row("Cobrowse.io Agent", "Agent", "Cobrowse.io Agent", is: true),
            Row("Équipe", "ÉQUIPE", is: true),
            // Fifteen letters, as a record id has, and no id.
            Row("CobrowseIOAgent", "cobrowseioagent", is: true),
            // Record ids, with and without the check characters, which alone may be of either case.
            Row("0PS8Z000000btHh", "0PS8Z000000btHh", is: true),
            Row("0PS8Z000000btHh", "0PS8Z000000btHhWAI", is: true),
            Row("0PS8Z000000btHhWAI", "0PS8Z000000btHh", is: true),
            Row("0PS8Z000000btHhWAI", "0PS8Z000000btHhwai", is: true),
            Row("0PS8Z000000btHh", "0PS8Z000000bthh", is: false),
            Row("0PS8Z000000btHh", "0PS8Z000000btHhUAJ", is: false),
        ]
    }

    @Test("compare names and ids as Salesforce does", arguments: Row.table)
    func names(row: Row) {
        let expected: Verdict = row.matches ? .role(.agent) : .refused(.roleMissing)
        let kinds: [(Rule.Match, SalesforceFacts)] = [
            (.salesforcePermissionSetGroup(row.rule), .person(groups: row.names)),
            (.salesforceCustomPermission(row.rule), .person(permissions: row.names)),
            (
                .salesforcePermissionSet(row.rule),
                SalesforceFacts(emailVerified: true, permissionSets: row.names.map { .init(name: $0) })
            ),
        ]
        for (match, facts) in kinds {
            #expect(AccessPolicy.verdict(facts, rules: [Rule(match, role: .agent)]) == expected)
        }
        if row.names.count == 1 {
            let profile = SalesforceFacts.person(profile: row.names[0])
            #expect(
                AccessPolicy.verdict(profile, rules: [Rule(.salesforceProfile(row.rule), role: .agent)]) == expected)
        }
    }

    @Test("take the highest of several roles, in whatever order they stand")
    func highest() {
        let facts = SalesforceFacts.person(sets: ["A", "B"], groups: ["G"], profile: "P")
        let rules = [
            Rule(.salesforcePermissionSet("A"), role: .agent), Rule(.salesforcePermissionSetGroup("G"), role: .agent),
            Rule(.salesforcePermissionSet("B"), role: .administrator), Rule(.salesforceProfile("P"), role: .agent),
        ]
        #expect(AccessPolicy.verdict(facts, rules: rules) == .role(.administrator))
        #expect(AccessPolicy.verdict(facts, rules: rules.reversed()) == .role(.administrator))
        #expect(AccessPolicy.verdict(.person(sets: ["A"], groups: [], profile: "Q"), rules: rules) == .role(.agent))
    }

    @Test("name the one that decided: the first of the highest role")
    func deciding() throws {
        let rules = [
            Rule(.salesforceProfile("x"), role: .agent), Rule(.salesforcePermissionSet("A"), role: .administrator),
            Rule(.salesforcePermissionSet("B"), role: .administrator),
        ]
        let rule = try RuleSet(rules).decide(.person(sets: ["B", "A"], profile: "x"), now: now)
        #expect(rule == rules[1])
    }

    @Test("count assignments that are active and have not ended")
    func inForce() {
        func verdict(isActive: Bool, seconds: Int64?) -> Verdict {
            let expiry = seconds.map { now.adding(seconds: $0) }
            let set = SalesforceFacts.Component(name: "Cobrowse.io Agent", isActive: isActive, expiresAt: expiry)
            return AccessPolicy.verdict(SalesforceFacts(emailVerified: true, permissionSets: [set]))
        }
        #expect(verdict(isActive: true, seconds: nil) == .role(.agent))
        #expect(verdict(isActive: true, seconds: 1) == .role(.agent))
        #expect(verdict(isActive: true, seconds: 0) == .refused(.roleMissing))
        #expect(verdict(isActive: true, seconds: -1) == .refused(.roleMissing))
        #expect(verdict(isActive: false, seconds: nil) == .refused(.roleMissing))
        #expect(verdict(isActive: false, seconds: 1) == .refused(.roleMissing))
    }

    @Test("tell what is not known from what is not there")
    func unknown() {
        let rules = [
            Rule(.salesforcePermissionSet("A"), role: .administrator), Rule(.salesforceProfile("P"), role: .agent),
        ]
        #expect(AccessPolicy.verdict(.person(), rules: rules) == .refused(.rolesUnavailable))
        #expect(AccessPolicy.verdict(.person(sets: []), rules: rules) == .refused(.rolesUnavailable))
        #expect(AccessPolicy.verdict(.person(profile: "Q"), rules: rules) == .refused(.rolesUnavailable))
        #expect(AccessPolicy.verdict(.person(sets: [], profile: "Q"), rules: rules) == .refused(.roleMissing))
        #expect(AccessPolicy.verdict(.person(profile: "P"), rules: rules) == .role(.agent))
        #expect(
            AccessPolicy.verdict(.person(groups: ["A"], permissions: ["P"]), rules: rules)
                == .refused(.rolesUnavailable))
    }

    @Test("let nobody in where there are none, or only some for Dynamics")
    func otherSource() {
        let facts = SalesforceFacts.person(sets: ["A"], groups: ["A"], permissions: ["A"], profile: "A")
        let dynamics = [
            Rule(.dynamicsSecurityRole("A"), role: .administrator), Rule(.dynamicsTeam("A"), role: .administrator),
        ]
        #expect(AccessPolicy.verdict(facts, rules: []) == .refused(.roleMissing))
        #expect(AccessPolicy.verdict(facts, rules: dynamics) == .refused(.roleMissing))
        #expect(AccessPolicy.verdict(.person(), rules: dynamics) == .refused(.roleMissing))
    }

    @Test(
        "of a new tenant are the permission sets that the packages ship",
        arguments: [
            (["Cobrowse.io Admin"], .role(.administrator)), (["cobrowse.io agent"], .role(.agent)),
            (["Cobrowse.io Agent", "Cobrowse.io Admin"], .role(.administrator)),
            (["Cobrowse.io - Administrator"], .refused(.roleMissing)), (["Admin"], .refused(.roleMissing)),
            ([], .refused(.roleMissing)),
        ] as [([String], Verdict)])
    func shipped(sets: [String], verdict: Verdict) {
        #expect(AccessPolicy.verdict(.person(sets: sets), rules: TenantSettings.initial.rules) == verdict)
    }
}
