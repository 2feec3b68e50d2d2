import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The trace of a decision")
struct TraceTests {
    private static let salesforce = SalesforceFacts(
        organizationID: SalesforceID("00D000000000062EAA"), userID: SalesforceID("005000000000062AAA"),
        emailVerified: true, permissionSets: [.init(name: "Cobrowse.io Agent")])

    private func checks(_ change: (inout SalesforceFacts) -> Void, claimed: RoleClaim = .absent) -> [String] {
        var salesforce = Self.salesforce
        change(&salesforce)
        var trace = FullTrace()
        let facts = LoginFacts(
            email: "ann@example.com", displayName: nil, claimedRole: claimed, origin: .salesforce(salesforce))
        _ = try? AccessPolicy.test().decide(facts, now: now, trace: &trace)
        return trace.checks.map { "\($0.name.rawValue) \($0.outcome.rawValue)" }
    }

    @Test("has every step of somebody who is let in, in order")
    func allowed() {
        let all = ["email", "address", "emailProof", "active", "person", "rules"].map { "\($0) passed" }
        #expect(checks { _ in } == all)
        #expect(checks({ _ in }, claimed: .agent) == all + ["claimedRole passed"])
    }

    @Test("ends with the step that failed")
    func denied() {
        #expect(checks { $0.emailVerified = false }.last == "emailProof failed")
        #expect(checks { $0.isActive = false }.last == "active failed")
        #expect(checks { $0.userType = "Guest" }.last == "person failed")
        #expect(checks { $0.permissionSets = [] }.last == "rules failed")
        #expect(checks { $0.permissionSets = nil }.last == "rules failed")
    }

    @Test("does not change what is decided")
    func sameOutcome() throws {
        let facts = LoginFacts(
            email: "ann@example.com", displayName: "Ann", claimedRole: .absent, origin: .salesforce(Self.salesforce))
        var trace = FullTrace()
        let traced = try AccessPolicy.test().decide(facts, now: now, trace: &trace)
        #expect(try AccessPolicy.test().decide(facts, now: now) == traced)
        #expect(traced.identity.organization == "00D000000000062EAA")
    }
}
