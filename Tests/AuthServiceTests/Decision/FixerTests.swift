import AuthService
import BridgeCore
import BridgeCrypto
import Testing

@Suite("Who can do something about a denied login")
struct FixerTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let code: ReasonCode
        var origin: LoginFacts.Origin?
        var source = Decision.Source.token
        let fixer: Fixer
        var testDescription: String {
            "\(code.rawValue) \(origin.map { "\($0)".prefix(10) } ?? "") \(source.rawValue) \(fixer.rawValue)"
        }
    }

    private static let salesforce = LoginFacts.Origin.salesforce(SalesforceFacts(emailVerified: true))
    private static let connected = LoginFacts.Origin.salesforce(
        SalesforceFacts(connection: .standard, emailVerified: true))
    private static let dynamics = LoginFacts.Origin.dynamics(DynamicsFacts())

    static let rows = [
        Row(code: .tokenExpired, fixer: .signer), Row(code: .audienceMismatch, fixer: .signer),
        Row(code: .tokenLifetimeExceeded, fixer: .signer), Row(code: .claimMissing, fixer: .signer),
        Row(code: .keyUnknown, fixer: .tenantAdministrator), Row(code: .signatureInvalid, fixer: .tenantAdministrator),
        Row(code: .tokenRevoked, origin: .signer, fixer: .person),
        Row(code: .claimInvalid, origin: .signer, fixer: .signer),
        Row(code: .claimInvalid, origin: dynamics, fixer: .environmentAdministrator),
        Row(code: .emailUnverified, origin: salesforce, fixer: .salesforceAdministrator),
        Row(code: .emailUnverified, origin: dynamics, fixer: .environmentAdministrator),
        Row(code: .userInactive, origin: salesforce, fixer: .salesforceAdministrator),
        Row(code: .notAPerson, origin: dynamics, fixer: .environmentAdministrator),
        Row(code: .roleMissing, origin: salesforce, fixer: .salesforceAdministrator),
        Row(code: .rolesUnavailable, origin: salesforce, fixer: .signer),
        Row(code: .rolesUnavailable, origin: connected, fixer: .salesforceAdministrator),
        Row(code: .securityRoleMissing, origin: connected, fixer: .salesforceAdministrator),
        Row(code: .emailNotAllowed, origin: .signer, fixer: .bridgeOperator),
        Row(code: .accountDisabled, origin: salesforce, fixer: .tenantAdministrator),
        Row(code: .accountLinkConflict, origin: salesforce, fixer: .tenantAdministrator),
        Row(code: .securityRoleMissing, origin: dynamics, fixer: .environmentAdministrator),
        // What a vendor has signed has no signer of the tenant's.
        Row(code: .claimMissing, source: .canvas, fixer: .salesforceAdministrator),
        Row(code: .tokenMalformed, source: .canvas, fixer: .salesforceAdministrator),
        Row(code: .claimInvalid, source: .canvas, fixer: .salesforceAdministrator),
        Row(code: .audienceMismatch, source: .salesforce, fixer: .salesforceAdministrator),
        Row(code: .issuerUnknown, source: .dynamics, fixer: .tenantAdministrator),
        Row(code: .stateInvalid, source: .canvas, fixer: .person),
        Row(code: .claimMissing, source: .hypothetical, fixer: .signer),
    ]

    @Test("follows from the code, and from the CRM the person comes from", arguments: rows)
    func fixer(row: Row) {
        #expect(row.code.fixer(row.origin, row.source) == row.fixer)
    }

    @Test("is whoever was found to be, where that is known better than by the code")
    func found() {
        let denied = decision(
            .denied(code: .tokenExpired, detail: "d", hint: nil, fixedBy: .person), source: .canvas)
        #expect(denied.document.contains(#""fixedBy":"person""#))
    }

    @Test("is said by every denied decision, and by no other")
    func document() {
        for code in ReasonCode.allCases {
            let denied = decision(.denied(code: code, detail: "d", hint: nil)).document
            #expect(denied.contains(#""fixedBy":"\#(code.fixer(.signer).rawValue)""#))
        }
        let allowed = decision(.allowed(role: .agent, rule: nil, accountID: nil)).document
        #expect(!allowed.contains("fixedBy"))
    }

    private func decision(_ outcome: Decision.Outcome, source: Decision.Source = .token) -> Decision {
        Decision(
            id: "dec_1", license: .test, time: now, source: source, requestID: nil,
            facts: LoginFacts(email: "ann@example.com", displayName: nil, claimedRole: .absent, origin: .signer),
            email: "ann@example.com", outcome: outcome, checks: [])
    }
}
