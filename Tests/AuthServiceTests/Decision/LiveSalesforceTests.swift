import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("A person whom a connection has asked a Salesforce org about")
struct LiveSalesforceTests {
    /// What is said of the person, and what comes of it.
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        var email = "ann@example.com"
        var change: @Sendable (inout SalesforceFacts) -> Void = { _ in }
        let verdict: Verdict
        /// A part of the reason, and of what to do.
        var detail = ""
        var hint = ""

        var testDescription: String { name }
    }

    private static let right = "Manage Multi-Factor Authentication in API"

    static let rows = [
        Row(name: "is let in", verdict: .role(.agent)),
        Row(name: "whose freezing nobody knows is let in", change: { $0.isFrozen = nil }, verdict: .role(.agent)),
        Row(
            name: "with an address that is not verified", change: { $0.emailVerified = false },
            verdict: .refused(.emailUnverified), detail: "has not verified", hint: "clicks the link"),
        Row(
            name: "of whose address nothing is said", change: { $0.emailVerified = nil },
            verdict: .refused(.emailUnverified), detail: "does not say", hint: "scope openid"),
        Row(
            name: "of whose address nothing can be read",
            change: {
                $0.emailVerified = nil
                $0.unreadable = [.emailVerified]
            }, verdict: .refused(.emailUnverified), detail: "could not be read", hint: right),
        Row(
            name: "of a refreshed sandbox", email: "Ann@Example.com.INVALID", verdict: .refused(.emailUnverified),
            detail: "refresh of the sandbox", hint: "takes .invalid off"),
        Row(name: "without an address", email: "", verdict: .refused(.emailMissing), detail: "no e-mail address"),
        Row(
            name: "with something else for an address", email: "ann", verdict: .refused(.emailMissing),
            detail: "\"ann\""),
        Row(
            name: "who is not active", change: { $0.isActive = false }, verdict: .refused(.userInactive),
            detail: "not active", hint: "activate"),
        Row(
            name: "who is frozen", change: { $0.isFrozen = true }, verdict: .refused(.userInactive), detail: "frozen",
            hint: "Unfreeze"),
        Row(
            name: "of a portal", change: { $0.userType = "PowerPartner" }, verdict: .refused(.notAPerson),
            detail: "PowerPartner"),
        Row(
            name: "with no set that counts", change: { $0.permissionSets = [] }, verdict: .refused(.roleMissing)),
        Row(
            name: "whose sets may not be read",
            change: {
                $0.permissionSets = nil
                $0.unreadable = [.permissionSets]
            }, verdict: .refused(.rolesUnavailable), detail: "View Setup and Configuration",
            hint: "View Setup and Configuration"),
        Row(
            name: "whose sets nobody knows", change: { $0.permissionSets = nil },
            verdict: .refused(.rolesUnavailable), detail: "is not known"),
    ]

    @Test("is let in, or told what is the matter and who can mend it", arguments: rows)
    func verdict(row: Row) throws {
        var facts = Self.ann
        row.change(&facts)
        #expect(AccessPolicy.verdict(facts, email: row.email) == row.verdict)
        guard case .refused = row.verdict else { return }
        let login = LoginFacts(
            email: row.email, displayName: nil, claimedRole: .absent, origin: .salesforce(facts))
        let denial = try #require(throws: AccessDenial.self) { try AccessPolicy.test().decide(login, now: now) }
        #expect(denial.detail.contains(row.detail))
        #expect(denial.hint?.contains(row.hint) ?? row.hint.isEmpty)
        #expect(denial.code.fixer(login.origin) == .salesforceAdministrator)
    }

    @Test("is another identity than that of a signer, unless the connection needs no name")
    func identity() throws {
        func identity(_ change: (inout SalesforceFacts) -> Void) throws -> Identity {
            var facts = Self.ann
            change(&facts)
            let login = LoginFacts(
                email: "ann@example.com", displayName: nil, claimedRole: .absent, origin: .salesforce(facts))
            return try AccessPolicy.test().decide(login, now: now).identity
        }
        let expected = Identity(
            connection: "salesforce:emea", organization: "00D8Z000000btHhUAI", subject: "0058Z000008LMNoQAO")
        #expect(try identity { $0.connection = ConnectionName("emea") } == expected)
        #expect(try identity { $0.connection = nil } == identity { $0.connection = .standard })
    }

    @Test("has only what is in force, and until the first of it ends, a group's sets with the group")
    func groups() throws {
        let end = now.adding(seconds: 30)
        var facts = Self.ann
        facts.permissionSetGroups = [.init(name: "Support", isActive: true, expiresAt: end)]
        let rules = [Rule(.salesforcePermissionSetGroup("Support"), role: .administrator)]
        let login = LoginFacts(
            email: "ann@example.com", displayName: nil, claimedRole: .absent, origin: .salesforce(facts))
        #expect(try AccessPolicy.test(rules).decide(login, now: now).validUntil == end)
        #expect(AccessPolicy.verdict(facts, rules: rules) == .role(.administrator))
        facts.permissionSetGroups = [.init(name: "Support", isActive: true, expiresAt: now)]
        #expect(AccessPolicy.verdict(facts, rules: rules) == .refused(.roleMissing))
    }

    @Test("is known by name, namespaced name, label and id of what there is")
    func components() {
        let component = SalesforceFacts.Component(
            name: "Agent", label: "Cobrowse.io Agent", namespacePrefix: "cbio", id: SalesforceID("0PS8Z000000btHhWAI"))
        let kinds: [(WritableKeyPath<SalesforceFacts, [SalesforceFacts.Component]?>, (String) -> Rule.Match)] = [
            (\.permissionSets, { .salesforcePermissionSet($0) }),
            (\.permissionSetGroups, { .salesforcePermissionSetGroup($0) }),
            (\.customPermissions, { .salesforceCustomPermission($0) }),
        ]
        for (place, match) in kinds {
            var facts = SalesforceFacts(emailVerified: true)
            facts[keyPath: place] = [component]
            for name in ["agent", "cbio__Agent", "cobrowse.io agent", "0PS8Z000000btHh", "0PS8Z000000btHhWAI"] {
                #expect(AccessPolicy.verdict(facts, rules: [Rule(match(name), role: .agent)]) == .role(.agent))
            }
            for name in ["Agents", "other__Agent", "0PS8Z000000bthh"] {
                let verdict = AccessPolicy.verdict(facts, rules: [Rule(match(name), role: .agent)])
                #expect(verdict == .refused(.roleMissing))
            }
        }
        var facts = SalesforceFacts(emailVerified: true)
        facts.profile = .init(name: "Support", id: SalesforceID("00e8Z000000btHhQAI"))
        #expect(
            AccessPolicy.verdict(facts, rules: [Rule(.salesforceProfile("00e8Z000000btHh"), role: .agent)])
                == .role(.agent))
    }

    /// Whom everything is known of, as the connection `default` reads it.
    private static let ann = SalesforceFacts(
        connection: .standard, organizationID: SalesforceID("00D8Z000000btHhUAI"),
        userID: SalesforceID("0058Z000008LMNoQAO"), username: "ann@example.com.uat", emailVerified: true,
        isActive: true,
        isFrozen: false, userType: "Standard", profile: .init(name: "Support"),
        permissionSets: [.init(name: "Agent", label: "Cobrowse.io Agent", namespacePrefix: "cbio")],
        permissionSetGroups: [], customPermissions: [])
}
