import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A login by way of a connection")
struct LiveLoginTests {
    @Test("is decided, settled and written down like one by a token, with the steps that led to it in front")
    func letIn() async throws {
        let fixture = try await SignInFixture()
        let admission = try await fixture.admit(
            LiveLogin(SignInFixture.facts(), source: .salesforce, steps: SignInFixture.steps, at: now))
        #expect(admission.account.email.value == "ann@example.com")
        #expect(admission.account.role == .agent)
        #expect(admission.account.emailProof == .salesforceVerified)
        let document = try await fixture.decision(admission.decisionID)
        let checks = try #require(try JSONValue(parsing: document.utf8)["checks"]?.arrayValue)
        #expect(
            checks.compactMap { $0["name"]?.stringValue } == [
                "state", "code", "idToken", "user", "roles", "email", "address", "emailProof", "active", "person",
                "rules", "identity", "account",
            ])
        #expect(document.contains(#""source":"salesforce""#) && document.contains(#""requestId":"r-1""#))
        #expect(document.contains(#""facts":{"email":"ann@example.com""#))
    }

    @Test("of a known account is answered from memory, and its decision is written all the same")
    func known() async throws {
        let fixture = try await SignInFixture()
        let first = try await fixture.signIn()
        let second = try await fixture.signIn(at: now.adding(seconds: 5))
        #expect(first.accountID == second.accountID)
        #expect(first.decisionID != second.decisionID)
        #expect(fixture.login.store.records == 1)
        #expect(try await fixture.decision(second.decisionID).contains(#""outcome":"allow""#))
    }

    @Test("belongs to the person, not to the address")
    func identity() async throws {
        let fixture = try await SignInFixture()
        let ann = try await fixture.signIn()
        let renamed = try await fixture.signIn(SignInFixture.facts("ann.b@example.com"), at: now.adding(seconds: 9))
        #expect(renamed.accountID == ann.accountID)
        #expect(renamed.email.value == "ann.b@example.com")
        let other = try await fixture.signIn(SignInFixture.facts(user: "005000000000063AAA"))
        #expect(other.accountID != ann.accountID)
    }

    /// A refusal of the decision itself, and its failed step.
    private static let refusals: [(facts: LoginFacts, code: ReasonCode, step: String)] = [
        (SignInFixture.facts(verified: false), .emailUnverified, "emailProof"),
        (SignInFixture.facts(sets: []), .roleMissing, "rules"),
        (SignInFixture.facts(sets: nil), .rolesUnavailable, "rules"),
    ]

    @Test("is refused with a decision that has all facts and the step that failed", arguments: 0..<3)
    func refused(row: Int) async throws {
        let (facts, code, step) = Self.refusals[row]
        let fixture = try await SignInFixture()
        let live = LiveLogin(facts, source: .salesforce, steps: SignInFixture.steps, at: now)
        let document = try await refusal(of: live, code, in: fixture)
        #expect(document.contains(#"{"name":"\#(step)","outcome":"failed""#))
        #expect(document.contains(#""facts":{"email":"ann@example.com""#))
        #expect(try await fixture.store.accounts(of: .test, after: nil, limit: 9).isEmpty)
    }

    @Test("that was decided already is settled as it was decided, with the steps of that")
    func decided() async throws {
        let fixture = try await SignInFixture()
        var trace = FullTrace()
        let facts = SignInFixture.facts()
        let grant = try AccessPolicy.test().decide(facts, now: now, trace: &trace)
        let live = LiveLogin(
            decided: .success(grant), by: facts, source: .salesforce, steps: SignInFixture.steps + trace.checks, at: now
        )
        let document = try await fixture.decision(try await fixture.admit(live).decisionID)
        let checks = try #require(try JSONValue(parsing: document.utf8)["checks"]?.arrayValue)
        #expect(checks.compactMap { $0["name"]?.stringValue }.count { $0 == "rules" } == 1)
        let denial = AccessDenial(.rolesUnavailable, "the environment answered 500", hint: "try again")
        let refused = LiveLogin(
            decided: .failure(denial), by: SignInFixture.facts(sets: nil), source: .salesforce,
            steps: SignInFixture.steps, at: now)
        #expect(
            try await refusal(of: refused, .rolesUnavailable, in: fixture)
                .contains(#""detail":"the environment answered 500","hint":"try again""#))
    }

    @Test("that ended on its way is a decision too, with what was known by then", arguments: [true, false])
    func ended(knowsFacts: Bool) async throws {
        let fixture = try await SignInFixture()
        let live = LiveLogin(
            endedBy: AccessDenial(.userUnknown, "the environment has no user for this person", hint: "add them"),
            at: .user, knowing: knowsFacts ? SignInFixture.facts("", sets: nil) : nil, source: .salesforce,
            steps: Array(SignInFixture.steps.prefix(3)), at: now)
        let document = try await refusal(of: live, .userUnknown, in: fixture)
        let value = try JSONValue(parsing: document.utf8)
        let checks = try #require(value["checks"]?.arrayValue)
        #expect(checks.compactMap { $0["name"]?.stringValue } == ["state", "code", "idToken", "user"])
        #expect(checks.last?["outcome"]?.stringValue == "failed")
        #expect(value["email"] == .null)
        #expect((value["facts"] != nil) == knowsFacts)
        #expect(value["hint"]?.stringValue == "add them")
    }

    @Test("of a tenant that is removed meanwhile fails")
    func goneTenant() async throws {
        let fixture = try await SignInFixture()
        fixture.login.store.fail(with: StoreError(.notFound, "gone"))
        let error = await #expect(throws: LoginRefusal.self) { try await fixture.signIn() }
        #expect(error?.code == .internal)
    }

    @Test("lets in those who are known while nothing can be written")
    func unwritable() async throws {
        let fixture = try await SignInFixture()
        let ann = try await fixture.signIn()
        fixture.login.directory.invalidateAll()
        fixture.login.store.fail(with: StoreError(.internal, "disk full"))
        #expect(try await fixture.signIn(at: now.adding(seconds: 4_000)).accountID == ann.accountID)
        await #expect(throws: LoginRefusal.self) {
            try await fixture.signIn(SignInFixture.facts("bob@example.com", user: "005000000000064AAA"))
        }
    }

    /// The decision about a login that has to be refused with `code`.
    private func refusal(
        of live: LiveLogin, _ code: ReasonCode, in fixture: SignInFixture
    ) async throws -> String {
        let error = await #expect(throws: LoginRefusal.self) { try await fixture.admit(live) }
        let refusal = try #require(error)
        #expect(refusal.code == code)
        let written = await fixture.login.service.writeDown(refusal, requestID: "r-1", now: now)
        #expect(written.failure == nil)
        let document = try await fixture.decision(try #require(written.decisionID))
        #expect(document.contains(#""code":"\#(code.rawValue)""#) && document.contains(#""requestId":"r-1""#))
        return document
    }
}
