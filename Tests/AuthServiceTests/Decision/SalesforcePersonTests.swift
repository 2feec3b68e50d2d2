import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("A person of a Salesforce org")
struct SalesforcePersonTests {
    private static let agent = SalesforceFacts.person(sets: ["Cobrowse.io Agent"])

    @Test("enters with a verified address, active, as a standard user")
    func enters() {
        #expect(AccessPolicy.verdict(Self.agent) == .role(.agent))
        #expect(AccessPolicy.verdict(Self.person { $0.isActive = true }) == .role(.agent))
        #expect(AccessPolicy.verdict(Self.person { $0.userType = "Standard" }) == .role(.agent))
    }

    @Test("is refused whatever the rules say")
    func refused() {
        #expect(AccessPolicy.verdict(Self.person { $0.emailVerified = false }) == .refused(.emailUnverified))
        #expect(AccessPolicy.verdict(Self.person { $0.isActive = false }) == .refused(.userInactive))
        for type in ["Guest", "PowerPartner", "CsnOnly", "AutomatedProcess", "standard", ""] {
            #expect(AccessPolicy.verdict(Self.person { $0.userType = type }) == .refused(.notAPerson))
        }
    }

    @Test("of another type is told which, as far as that is fit for a log")
    func type() throws {
        let type = "Guest\u{1B}[2J\n\u{202E}" + String(repeating: "x", count: 4_000)
        let facts = LoginFacts(
            email: "ann@example.com", displayName: nil, claimedRole: .absent,
            origin: .salesforce(Self.person { $0.userType = type }))
        let denial = try #require(throws: AccessDenial.self) {
            try AccessPolicy.test().decide(facts, now: now)
        }
        #expect(denial.detail.contains("\"Guest"))
        #expect(denial.detail.utf8.count < 250)
        #expect(!denial.detail.unicodeScalars.contains { ["\u{1B}", "\n", "\u{202E}"].contains($0) })
    }

    @Test("is told the first thing that is wrong, the address before all")
    func order() {
        let all = Self.person {
            $0.emailVerified = false
            $0.isActive = false
            $0.userType = "Guest"
            $0.permissionSets = []
        }
        #expect(AccessPolicy.verdict(all, email: "no address") == .refused(.claimInvalid))
        #expect(AccessPolicy.verdict(all) == .refused(.emailUnverified))
        var verified = all
        verified.emailVerified = true
        #expect(AccessPolicy.verdict(verified) == .refused(.userInactive))
    }

    @Test(
        "has the role of the rules, which the token's own role can only lower",
        arguments: [
            ("Cobrowse.io Admin", .absent, .administrator), ("Cobrowse.io Admin", .administrator, .administrator),
            ("Cobrowse.io Admin", .agent, .agent), ("Cobrowse.io Admin", .null, .agent),
            ("Cobrowse.io Agent", .absent, .agent), ("Cobrowse.io Agent", .administrator, .agent),
            ("Cobrowse.io Agent", .agent, .agent), ("Cobrowse.io Agent", .null, .agent),
        ] as [(String, RoleClaim, Role)])
    func ceiling(set: String, claim: RoleClaim, role: Role) {
        #expect(AccessPolicy.verdict(.person(sets: [set]), claimed: claim) == .role(role))
    }

    @Test("does not get in by the token's role alone", arguments: [RoleClaim.agent, .administrator])
    func noRule(claim: RoleClaim) {
        #expect(AccessPolicy.verdict(.person(sets: []), claimed: claim) == .refused(.roleMissing))
        #expect(AccessPolicy.verdict(.person(), claimed: claim) == .refused(.rolesUnavailable))
    }

    @Test("is decided on again when the first assignment in force ends")
    func validity() throws {
        func facts(_ expiries: [(isActive: Bool, seconds: Int64?)]) -> LoginFacts {
            var person = Self.agent
            person.permissionSets? += expiries.map { isActive, seconds in
                SalesforceFacts.Component(
                    name: "X", isActive: isActive, expiresAt: seconds.map { now.adding(seconds: $0) })
            }
            return LoginFacts(
                email: "ann@example.com", displayName: nil, claimedRole: .absent, origin: .salesforce(person))
        }
        let policy = AccessPolicy.test()
        #expect(try policy.decide(facts([(true, nil), (true, -5), (false, 5)]), now: now).validUntil == nil)
        let soon = try policy.decide(facts([(true, 70), (true, 60), (true, 0), (true, nil)]), now: now)
        #expect(soon.validUntil == now.adding(seconds: 60))
    }

    private static func person(_ change: (inout SalesforceFacts) -> Void) -> SalesforceFacts {
        var facts = agent
        change(&facts)
        return facts
    }
}
