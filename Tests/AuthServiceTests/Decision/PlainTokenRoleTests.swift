import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("The role of a person whose token has no salesforce claim")
struct PlainTokenRoleTests {
    @Test(
        "is what the signer names, administrator only where that is said",
        arguments: [(.absent, .agent), (.null, .agent), (.agent, .agent), (.administrator, .administrator)]
            as [(RoleClaim, Role)])
    func role(claim: RoleClaim, role: Role) {
        #expect(AccessPolicy.verdict(nil, claimed: claim) == .role(role))
        #expect(AccessPolicy.verdict(nil, claimed: claim, rules: []) == .role(role))
    }

    @Test("names no rule, and the address and the name in their clean form")
    func grant() throws {
        let facts = LoginFacts(
            email: " Ann@Example.com ", displayName: " Ann\u{202E} ", claimedRole: .agent, origin: .signer)
        let grant = try AccessPolicy.test([]).decide(facts, now: now)
        #expect(grant.email.value == "ann@example.com")
        #expect(grant.displayName == "Ann")
        #expect(grant.rule == nil)
        #expect(grant.validUntil == nil)
    }

    @Test(
        "is not asked for where the address is none",
        arguments: ["", "ann", "ann@example..com", "a\u{200B}@example.com"])
    func address(text: String) {
        #expect(AccessPolicy.verdict(nil, email: text) == .refused(.claimInvalid))
    }
}
