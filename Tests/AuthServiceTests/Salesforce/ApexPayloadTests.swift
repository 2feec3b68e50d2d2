import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A token of the generated Apex")
struct ApexPayloadTests {
    private let apex: ApexToken

    init() throws {
        apex = ApexToken(
            license: .test, certificate: try #require(ApexName(certificate: "CobrowseIO")),
            className: try #require(ApexName(class: "CobrowseToken")), lifetime: 900)
    }

    /// What the org shows of the user, and what the service makes of it.
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let facts: [String: String?]
        var rule: Rule.Match = .salesforcePermissionSet("Cobrowse.io Agent")
        var userType = "Standard"
        let expected: Verdict

        var testDescription: String { name }

        static let sets = "permissionSets(inForce)"
        static let agent: [String: String?] = [sets: #"[{"name":"Cobrowse_io_Agent","label":"Cobrowse.io Agent"}]"#]

        static let table: [Row] = [
            Row(name: "a set by its label", facts: agent, expected: .role(.agent)),
            Row(
                name: "a set by its API name", facts: agent, rule: .salesforcePermissionSet("Cobrowse_io_Agent"),
                expected: .role(.agent)),
            Row(
                name: "a group", facts: ["permissionSetGroups(inForce)": #"["Support"]"#],
                rule: .salesforcePermissionSetGroup("Support"), expected: .role(.agent)),
            Row(
                name: "a custom permission", facts: ["customPermissions()": #"["cbio__Agent"]"#],
                rule: .salesforceCustomPermission("cbio__Agent"), expected: .role(.agent)),
            Row(name: "a profile", facts: [:], rule: .salesforceProfile("Standard User"), expected: .role(.agent)),
            Row(name: "nothing assigned", facts: [:], expected: .refused(.roleMissing)),
            Row(name: "sets that are hidden", facts: [sets: nil], expected: .refused(.rolesUnavailable)),
            Row(
                name: "custom permissions that are hidden", facts: ["customPermissions()": nil],
                rule: .salesforceCustomPermission("cbio__Agent"), expected: .refused(.rolesUnavailable)),
            Row(
                name: "a verification that is hidden",
                facts: agent.merging(["emailVerified()": nil as String?]) { $1 }, expected: .refused(.claimMissing)),
            Row(
                name: "an address that is not verified", facts: agent.merging(["emailVerified()": "false"]) { $1 },
                expected: .refused(.emailUnverified)),
            Row(name: "a guest", facts: agent, userType: "Guest", expected: .refused(.notAPerson)),
        ]
    }

    @Test("is judged by what the org shows of the user", arguments: Row.table)
    func judged(_ row: Row) throws {
        var org = ApexOrg()
        org.facts.merge(row.facts) { $1 }
        org.userType = row.userType
        #expect(try verdict(org, rule: row.rule) == row.expected)
    }

    @Test("has every fact where the service looks for it")
    func places() throws {
        var org = ApexOrg()
        let set = try ApexOrg.described(
            apex, name: "Agent", label: "Cobrowse.io Agent", prefix: "cbio", ends: "2100-01-02T03:04:05Z")
        org.facts["permissionSets(inForce)"] = "[\(set)]"
        org.facts["permissionSetGroups(inForce)"] = #"["Support"]"#
        org.facts["customPermissions()"] = #"["cbio__Agent"]"#
        let token = try verified(org)
        #expect(token.issuer == License.test.value)
        #expect(token.displayName == "Ann Example")
        #expect(token.role == .absent)
        #expect((token.issuedAt, token.expiresAt) == (now, now.adding(seconds: 900)))
        let expected = SalesforceFacts(
            organizationID: SalesforceID("00D8Z000000btHhUAI"), userID: SalesforceID("0058Z000008LMNoQAO"),
            emailVerified: true, isActive: true, userType: "Standard",
            profile: .init(name: "Standard User"),
            permissionSets: [
                SalesforceFacts.Component(
                    name: "Agent", label: "Cobrowse.io Agent", namespacePrefix: "cbio",
                    expiresAt: Timestamp(rfc3339: "2100-01-02T03:04:05Z"))
            ],
            permissionSetGroups: [.init(name: "Support")], customPermissions: [.init(name: "cbio__Agent")])
        #expect(LoginFacts(token).origin == .salesforce(expected))
        #expect(LoginFacts(token).email == "ann@example.com")
    }

    private func verified(_ org: ApexOrg) throws -> VerifiedToken {
        let payload = try org.payload(of: apex, at: now)
        let compact = try TokenMaker().token(header: Array(#"{"alg":"RS256"}"#.utf8), payload: Array(payload.utf8))
        return try TokenVerifier().verify(
            try UnverifiedToken(compact), keys: try KeyFixture.cobrowse.keySet, now: now)
    }

    private func verdict(_ org: ApexOrg, rule: Rule.Match) throws -> Verdict {
        do {
            let facts = LoginFacts(try verified(org))
            return .role(try AccessPolicy.test([Rule(rule, role: .agent)]).decide(facts, now: now).role)
        } catch let error as any ReasonedError {
            return .refused(error.code)
        }
    }
}
