import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The rules for people of a Dataverse environment")
struct DynamicsRuleTests {
    private static let root = "627090ff-40a3-4053-8790-584edc5be201"

    private func verdict(_ facts: DynamicsFacts, _ rules: [Rule] = Rule.shipped) -> Verdict {
        let login = LoginFacts(
            email: "ann@example.com", displayName: nil, claimedRole: .absent, origin: .dynamics(facts))
        do throws(AccessDenial) {
            return .role(try AccessPolicy.test(rules).decide(login, now: now).role)
        } catch {
            return .refused(error.code)
        }
    }

    @Test("know a security role by its name, its root and its template, and a team by its name")
    func names() {
        let role = DynamicsFacts.SecurityRole(name: "Agents", rootID: Self.root, templateID: "ABCD")
        for (match, expected) in [
            (Rule.Match.dynamicsSecurityRole("agents"), Verdict.role(.agent)),
            (.dynamicsSecurityRole(Self.root.uppercased()), .role(.agent)),
            (.dynamicsSecurityRole("abcd"), .role(.agent)),
            (.dynamicsSecurityRole("Agent"), .refused(.roleMissing)), (.dynamicsTeam("Agents"), .refused(.roleMissing)),
            (.dynamicsTeam("Support"), .role(.agent)), (.salesforcePermissionSet("Agents"), .refused(.roleMissing)),
        ] {
            let facts = DynamicsFacts(emailApproved: true, securityRoles: [role], teams: ["support"])
            #expect(verdict(facts, [Rule(match, role: .agent)]) == expected, "\(match)")
        }
    }

    @Test("give the highest role, and tell what is not known from what is not there")
    func highestAndUnknown() {
        let both = DynamicsFacts(
            securityRoles: ["Cobrowse.io - Agent", "Cobrowse.io - Administrator"].map { .init(name: $0) })
        #expect(verdict(both) == .role(.administrator))
        #expect(verdict(DynamicsFacts()) == .refused(.rolesUnavailable))
        #expect(verdict(DynamicsFacts(securityRoles: [])) == .refused(.roleMissing))
    }

    @Test("let in only people who are enabled and whose address nobody has refused")
    func standing() {
        let roles = [DynamicsFacts.SecurityRole(name: "Cobrowse.io - Agent")]
        for (facts, expected) in [
            (DynamicsFacts(isEnabled: false, securityRoles: roles), Verdict.refused(.userInactive)),
            (DynamicsFacts(isPerson: false, securityRoles: roles), .refused(.notAPerson)),
            (DynamicsFacts(emailApproved: false, securityRoles: roles), .refused(.emailUnverified)),
            (DynamicsFacts(isEnabled: true, isPerson: true, emailApproved: true, securityRoles: roles), .role(.agent)),
        ] {
            #expect(verdict(facts) == expected)
        }
    }
}
