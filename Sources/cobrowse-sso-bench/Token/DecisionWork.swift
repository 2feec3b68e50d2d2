internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// The decision about a person of a large org: 200 permission sets against a tenant's 50 rules, of which the last
/// one matches.
final class DecisionWork {
    private let policy: AccessPolicy
    private let facts: LoginFacts
    private let now: Timestamp

    init(_ tenant: TestTenant) {
        let rules = (0..<50).map { number in
            Rule(.salesforcePermissionSet("Support_Level_\(number)_Agent"), role: number == 0 ? .administrator : .agent)
        }
        policy = AccessPolicy(license: tenant.license, rules: RuleSet(rules), addresses: .none)
        let sets = (0..<199).map { SalesforceFacts.Component(name: "Sales_Cloud_Feature_\($0)") }
        facts = LoginFacts(
            email: TestTenant.agent, displayName: "Agent Example", claimedRole: .absent,
            origin: .salesforce(
                SalesforceFacts(emailVerified: true, permissionSets: sets + [.init(name: "Support_Level_49_Agent")])))
        now = tenant.issuedAt
    }

    func decide() throws {
        for _ in 0..<blockSize {
            guard try policy.decide(facts, now: now).role == .agent else { throw BenchError.wrong("another role") }
        }
    }

    func trace() throws {
        for _ in 0..<blockSize {
            var trace = FullTrace()
            guard try policy.decide(facts, now: now, trace: &trace).role == .agent, trace.checks.count == 6 else {
                throw BenchError.wrong("another role, or another trace")
            }
        }
    }
}
