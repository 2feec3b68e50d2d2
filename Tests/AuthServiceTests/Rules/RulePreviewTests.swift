import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("A preview of other rules")
struct RulePreviewTests {
    private static let old = [
        Rule(.salesforceProfile("Admins"), role: .administrator), Rule(.salesforceProfile("Support"), role: .agent),
        Rule(.salesforceProfile("Leads"), role: .agent),
    ]
    private static let new = [
        Rule(.salesforceProfile("Leads"), role: .administrator), Rule(.salesforceProfile("Admins"), role: .agent),
        Rule(.salesforceProfile("Sales"), role: .agent), Rule(.salesforceProfile("Owners"), role: .administrator),
    ]

    private static func preview() -> RulePreview {
        RulePreview(from: old, to: new, of: .test, addresses: .none, now: now)
    }

    private static func account(_ name: String, status: Account.Status = .active) throws -> Account {
        Account(
            id: "acc_\(name)", license: .test, email: try #require(EmailAddress("\(name)@example.com")),
            displayName: nil, role: .agent, status: status, createdAt: now, lastLoginAt: now)
    }

    private static func facts(_ name: String, profile: String) -> LoginFacts {
        LoginFacts(
            email: "\(name)@example.com", displayName: nil, claimedRole: .absent,
            origin: .salesforce(.person(profile: profile)))
    }

    @Test(
        "says who gains, who loses and who becomes what",
        arguments: [
            ("Support", RulePreview.Change.Kind.loses, "agent", "role_missing"),
            ("Sales", .gains, "role_missing", "agent"),
            ("Leads", .becomesAdministrator, "agent", "administrator"),
            ("Owners", .becomesAdministrator, "role_missing", "administrator"),
            ("Admins", .becomesAgent, "administrator", "agent"),
        ])
    func kinds(profile: String, kind: RulePreview.Change.Kind, before: String, after: String) throws {
        var preview = Self.preview()
        let change = preview.add(try Self.account("ann"), facts: Self.facts("ann", profile: profile))
        #expect(change?.kind == kind)
        #expect(change?.before.description == before)
        #expect(change?.after.description == after)
        #expect(change?.email.value == "ann@example.com")
        #expect(change?.accountID == "acc_ann")
    }

    @Test("counts everybody, and keeps apart whom it knows nothing of")
    func counts() throws {
        var preview = Self.preview()
        for profile in ["Support", "Sales", "Leads", "Owners", "Admins", "Others"] {
            _ = preview.add(try Self.account(profile), facts: Self.facts(profile, profile: profile))
        }
        #expect(preview.add(try Self.account("unknown"), facts: nil) == nil)
        let disabled = try Self.account("off", status: .disabled)
        #expect(preview.add(disabled, facts: Self.facts("off", profile: "Support")) == nil)
        // Whom the tenant's own signer vouches for, no rule touches.
        let signed = LoginFacts(
            email: "b@example.com", displayName: nil, claimedRole: .administrator, origin: .signer)
        #expect(preview.add(try Self.account("b"), facts: signed) == nil)

        var expected = RulePreview.Counts()
        expected.accounts = 9
        expected.gains = 2
        expected.losses = 1
        expected.newAdministrators = 2
        expected.newAgents = 1
        expected.administrators = 3
        expected.unknown = 1
        expected.disabled = 1
        #expect(preview.counts == expected)
    }

    @Test("shows no change where the reason of a refusal changes alone")
    func refusals() throws {
        var preview = RulePreview(
            from: [Rule(.salesforcePermissionSet("a"), role: .agent)], to: [], of: .test, addresses: .none, now: now)
        #expect(preview.add(try Self.account("ann"), facts: Self.facts("ann", profile: "P")) == nil)
        #expect(preview.counts.gains == 0 && preview.counts.losses == 0)
    }

    @Test("lets nobody in whom the operator does not")
    func addresses() throws {
        let other = try #require(AddressPattern(".*@other.example"))
        let nobody = AddressRules(superusers: [], allowed: [other], superusersMaySignIn: false)
        var preview = RulePreview(from: [], to: Self.new, of: .test, addresses: nobody, now: now)
        #expect(preview.add(try Self.account("ann"), facts: Self.facts("ann", profile: "Sales")) == nil)
    }
}
