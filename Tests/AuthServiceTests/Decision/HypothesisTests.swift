import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("What would be")
struct HypothesisTests {
    struct Person: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let claims: KeyValuePairs<String, String?>

        init(_ name: String, _ claims: KeyValuePairs<String, String?>) {
            (testDescription, self.claims) = (name, claims)
        }
    }

    /// The claim of a user of an org, with further members.
    private static func salesforce(_ members: String) -> String {
        #"{"organizationId":"00D000000000062EAA","userId":"005000000000062AAA","emailVerified":true\#(members)}"#
    }

    static let people = [
        Person("an agent", [:]), Person("an administrator", ["role": #""administrator""#]),
        Person("a user of an org", ["salesforce": salesforce(#","permissionSets":["Cobrowse.io Agent"]"#)]),
        Person("a user who has nothing", ["salesforce": salesforce(#","permissionSets":[]"#)]),
        Person("a user of whom nothing is known", ["salesforce": salesforce("")]),
        Person("a guest", ["salesforce": salesforce(#","permissionSets":["Cobrowse.io Agent"],"userType":"Guest""#)]),
        Person("an address that is none", ["sub": #""nobody""#]),
        Person("a token for somebody else", ["aud": #""elsewhere""#]),
        Person("a token that may be revoked", ["iat": "\(now.seconds - 30)", "jti": #""revoked""#]),
    ]

    @Test("is explained as the login then is, step by step", arguments: people, [false, true])
    func same(person: Person, hasRevocations: Bool) async throws {
        let fixture = try await LoginFixture()
        if hasRevocations {
            _ = try await fixture.store.memory.revoke(
                Revocation(.tokenID, "revoked", issuedBefore: now), of: .test, audit: AuditStamp(.bridge, at: now))
        }
        let token = try TokenMaker().token(person.claims)
        guard case .tenant(let tenant) = try await fixture.directory.load(TokenMaker.license) else {
            Issue.record("no tenant")
            return
        }
        let would = try await Hypothesis(store: fixture.store, tenant: tenant, now: now)
            .decision(of: Array(token.utf8))
        let made = try await decision(about: token, fixture)
        #expect(would.code?.rawValue == made["code"]?.stringValue)
        #expect(would.checks.map(\.line) == made.checkLines)
    }

    /// The decision that the store has once somebody has signed in with `token`.
    private func decision(about token: String, _ fixture: LoginFixture) async throws -> JSONValue {
        do throws(LoginRefusal) {
            _ = try await fixture.service.admit(try UnverifiedToken.reading(token), now: now)
        } catch {
            _ = await fixture.service.writeDown(error, of: Array(token.utf8), requestID: nil, now: now)
        }
        let stored = try await fixture.store.decisions(of: .test, email: nil, before: nil, limit: 2)
        #expect(stored.count == 1)
        return try JSONValue(parsing: try #require(stored.first).document.utf8)
    }
}

extension UnverifiedToken {
    fileprivate static func reading(_ text: String) throws(LoginRefusal) -> UnverifiedToken {
        do throws(TokenRefusal) {
            return try UnverifiedToken(text)
        } catch {
            throw .token(error)
        }
    }
}

extension Check {
    fileprivate var line: String { "\(name.rawValue) \(outcome.rawValue) \(detail)" }
}

extension JSONValue {
    fileprivate var checkLines: [String]? {
        self["checks"]?.arrayValue?.map { check in
            ["name", "outcome", "detail"].map { check[$0]?.stringValue ?? "" }.joined(separator: " ")
        }
    }
}
