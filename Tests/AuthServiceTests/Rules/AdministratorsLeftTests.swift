import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("What other rules leave of a tenant's administrators")
struct AdministratorsLeftTests {
    private typealias Known = (account: Account, decision: StoredDecision?)

    /// Somebody with an account, who last came with `facts`; `nil` for nothing that is stored.
    private func administrator(_ name: String, _ facts: LoginFacts.Origin?) throws -> Known {
        let license = try #require(License("acme-test"))
        let account = Account(
            id: "acc_\(name)", license: license, email: try #require(EmailAddress("\(name)@example.com")),
            displayName: nil, role: .administrator, createdAt: now, lastLoginAt: now)
        guard let facts else { return (account, nil) }
        let decision = Decision(
            id: "dec_\(name)", license: license, time: now, source: .salesforce, requestID: nil,
            facts: LoginFacts(email: account.email.value, displayName: nil, claimedRole: .absent, origin: facts),
            email: account.email.value, outcome: .allowed(role: .administrator, rule: nil, accountID: account.id),
            checks: [])
        return (account, StoredDecision(id: decision.id, license: license, time: now, document: decision.document))
    }

    private func warning(_ administrators: [Known]) throws -> String? {
        let rules = [Rule(.salesforcePermissionSet("Bosses"), role: .administrator)]
        return AdministratorsLeft(by: rules, of: try #require(License("acme-test")), now: now).warning(administrators)
    }

    private func person(with set: String) -> LoginFacts.Origin {
        .salesforce(
            SalesforceFacts(
                emailVerified: true, permissionSets: [SalesforceFacts.Component(name: set, isActive: true)]))
    }

    @Test("is worth a warning where nobody stays one")
    func nobody() throws {
        let (ann, bob) = (
            try administrator("ann", person(with: "Old")), try administrator("bob", person(with: "Older"))
        )
        #expect(
            try warning([ann])
                == "these rules do not make ann@example.com, the tenant's last administrator, one: the role is kept")
        #expect(
            try warning([ann, bob])
                == "these rules make none of the 2 administrators one: the last of them to sign in keeps the role")
    }

    @Test("is worth none where somebody stays one, or might, or there is nobody")
    func somebody() throws {
        let ann = try administrator("ann", person(with: "Old"))
        #expect(try warning([]) == nil)
        #expect(try warning([ann, administrator("bob", person(with: "Bosses"))]) == nil)
        #expect(try warning([ann, administrator("bob", nil)]) == nil)
    }
}
