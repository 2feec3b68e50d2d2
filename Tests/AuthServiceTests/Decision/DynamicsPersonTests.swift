import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A person of a Dataverse environment")
struct DynamicsPersonTests {
    private static func row() throws -> DynamicsFacts {
        DynamicsFacts(
            person: DynamicsFacts.Person(connection: .standard, tenantID: try .test(1), objectID: try .test(2)),
            isEnabled: true, accessMode: .readWrite, emailStatus: .approved,
            securityRoles: [DynamicsFacts.SecurityRole(name: "Cobrowse.io - Agent")])
    }

    private static func decide(
        email: String = "ann@example.com", trace: inout FullTrace, _ change: (inout DynamicsFacts) throws -> Void
    ) throws -> Grant {
        var facts = try row()
        try change(&facts)
        let login = LoginFacts(email: email, displayName: nil, claimedRole: .absent, origin: .dynamics(facts))
        return try AccessPolicy.test().decide(login, now: now, trace: &trace)
    }

    private static func denial(
        email: String = "ann@example.com", _ change: (inout DynamicsFacts) throws -> Void
    ) throws -> AccessDenial {
        var trace = FullTrace()
        let denial = try #require(throws: AccessDenial.self) { try decide(email: email, trace: &trace, change) }
        #expect(trace.checks.last?.outcome == .failed)
        #expect(trace.checks.last?.detail == denial.detail)
        return denial
    }

    @Test("is known by Entra's tenant and object and by the connection, never by the address (SX-9)")
    func identity() throws {
        var trace = FullTrace()
        let grant = try Self.decide(trace: &trace) { _ in }
        #expect(
            grant.identity
                == Identity(
                    connection: "dynamics:default", organization: try GUID.test(1).value,
                    subject: try GUID.test(2).value))
        #expect(grant.proof == .dataverseApproved && grant.role == .agent)
        let emea = try Self.decide(trace: &trace) {
            $0.person = .init(
                connection: try ConnectionName("emea").unwrapped("name"), tenantID: try .test(1), objectID: try .test(2)
            )
        }
        #expect(emea.identity.connection == "dynamics:emea")
    }

    @Test(
        "whose address is not approved is told what the status is and where to change it (S0-3, S0-4)",
        arguments: [
            (DynamicsFacts.EmailStatus.empty, "nobody has asked", "approves it"),
            (.pending, "waits for approval", "Global or Exchange administrator"),
            (.rejected, "was rejected", "why it was rejected"), (.missing, "does not say", "opens and saves"),
        ])
    func unapproved(status: DynamicsFacts.EmailStatus, detail: String, hint: String) throws {
        let denial = try Self.denial { $0.emailStatus = status }
        #expect(denial.code == .emailUnverified)
        #expect(denial.detail.contains(detail) && denial.detail.contains(status.label))
        #expect(denial.hint?.contains(hint) == true)
        #expect(
            denial.hint?.contains(
                "Copilot Service admin center > User management > Users > Manage > the user > Approve Email") == true)
    }

    @Test("has the status that the number of the column says")
    func statusNumbers() {
        let numbers: [(Int64?, DynamicsFacts.EmailStatus)] = [
            (0, .empty), (1, .approved), (2, .pending), (3, .rejected), (4, .missing), (-1, .missing), (nil, .missing),
        ]
        for (number, status) in numbers { #expect(DynamicsFacts.EmailStatus(column: number) == status) }
    }

    @Test("enters an organization that approves no mailboxes, and the decision says that this decided")
    func organizationDoesNotApprove() throws {
        for status in [DynamicsFacts.EmailStatus.empty, .pending] {
            var trace = FullTrace()
            let grant = try Self.decide(trace: &trace) { ($0.emailStatus, $0.mailboxApproval) = (status, .notUsed) }
            // Nobody has proven the address, so it never leads to another's account.
            #expect(grant.proof == EmailProof.none)
            let check = trace.checks.first { $0.name == .emailProof }
            #expect(check?.outcome == .warning)
            #expect(check?.detail.contains("mailboxApproval is not-used") == true)
            #expect(check?.detail.contains(status.label) == true)
        }
        for status in [DynamicsFacts.EmailStatus.rejected, .missing] {
            #expect(
                try Self.denial { ($0.emailStatus, $0.mailboxApproval) = (status, .notUsed) }.code == .emailUnverified)
        }
    }

    @Test("is not said to depend on that option where it does not")
    func optionNotNeeded() throws {
        var trace = FullTrace()
        let grant = try Self.decide(trace: &trace) { $0.mailboxApproval = .notUsed }
        #expect(grant.proof == .dataverseApproved)
        #expect(!trace.checks.contains { $0.detail.contains("mailboxApproval") })
    }

    @Test("has to be enabled")
    func enabled() throws {
        #expect(try Self.denial { $0.isEnabled = false }.code == .userInactive)
    }

    @Test(
        "has an access mode of people",
        arguments: [
            (Int64(0), nil), (1, nil), (2, nil), (3, "Support User"), (4, "Non-interactive"), (5, "Delegated Admin"),
            (6, "6"), (-1, "-1"), (.max, "\(Int64.max)"),
        ] as [(Int64, String?)])
    func accessMode(number: Int64, label: String?) throws {
        guard let label else {
            var trace = FullTrace()
            #expect(try Self.decide(trace: &trace) { $0.accessMode = .init(number: number) }.role == .agent)
            return
        }
        let denial = try Self.denial { $0.accessMode = .init(number: number) }
        #expect(denial.code == .notAPerson)
        #expect(denial.detail.hasSuffix("its access mode is \(label)"))
    }

    @Test("is no application user, whatever its access mode")
    func applicationUser() throws {
        let denial = try Self.denial { $0.applicationID = "11111111-1111-4111-8111-111111111111" }
        #expect(denial.code == .notAPerson)
        #expect(denial.detail.contains("application user"))
    }

    @Test(
        "has an address in the row",
        arguments: [("", "has no e-mail address"), ("+49 30 1234", "is none: \"+49 30 1234\"")])
    func address(email: String, detail: String) throws {
        let denial = try Self.denial(email: email) { _ in }
        #expect(denial.code == .emailMissing)
        #expect(denial.detail.contains(detail))
        #expect(denial.hint?.contains("administrator of the environment") == true)
    }

    @Test("is refused for the role and for the address by different reasons (S0-43)")
    func reasons() throws {
        #expect(try Self.denial { $0.securityRoles = [] }.code == .roleMissing)
        #expect(try Self.denial { $0.securityRoles = nil }.code == .rolesUnavailable)
        #expect(try Self.denial { $0.emailStatus = .pending }.code == .emailUnverified)
        let both = try Self.denial { ($0.securityRoles, $0.emailStatus) = ([], .pending) }
        #expect(both.code == .emailUnverified)
    }

    @Test("has the role of the two that Cobrowse ships (S0-38 to S0-40)")
    func shippedRoles() throws {
        for (names, role) in [
            (["Cobrowse.io - Administrator"], Role.administrator), (["Cobrowse.io - Agent"], .agent),
            (["Cobrowse.io - Agent", "cobrowse.io - administrator"], .administrator),
        ] {
            var trace = FullTrace()
            let grant = try Self.decide(trace: &trace) { $0.securityRoles = names.map { .init(name: $0) } }
            #expect(grant.role == role)
        }
    }
}
