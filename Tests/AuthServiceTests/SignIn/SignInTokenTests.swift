import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("The token of a sign-in")
struct SignInTokenTests {
    private let later = now.adding(seconds: 30)

    @Test("finds the same account again, and makes nothing of its own")
    func sameAccount() async throws {
        let fixture = try await SignInFixture()
        let signIn = try await fixture.signIn()
        let token = try await fixture.handOff.token(of: signIn, at: now).minted.token
        let account = try await fixture.account(of: token)
        #expect(account.id == signIn.accountID)
        #expect(account.emailProof == .salesforceVerified)
        #expect(try await fixture.store.accounts(of: .test, after: nil, limit: 9).count == 1)
        // A desk that has seen it answers from memory.
        let desk = try fixture.login.desk()
        #expect(try await fixture.login.login(token, at: desk) == .atOnce("\(account.id) agent"))
    }

    @Test("gives no more than the account has by now")
    func lowered() async throws {
        var settings = TenantSettings.initial
        settings.rules = [Rule(.salesforcePermissionSet("Cobrowse.io Agent"), role: .administrator)]
        let fixture = try await SignInFixture(settings: settings)
        let signIn = try await fixture.signIn()
        #expect(signIn.role == .administrator)
        var account = try #require(try await fixture.store.account(id: signIn.accountID, of: .test))
        account.role = .agent
        try fixture.store.put(account)
        let token = try await fixture.handOff.token(of: signIn, at: later).minted.token
        let keys = TokenKeySet([TokenKey(try KeyFixture.renewed.publicKey)], issuer: License.test.value)
        let verified = try TokenVerifier().verify(UnverifiedToken(token), keys: keys, now: later)
        #expect(verified.role == .agent)
    }

    @Test("finds it where no address was ever proven, and where the person has another one by now")
    func address() async throws {
        var settings = TenantSettings.initial
        settings.rules = [Rule(.dynamicsSecurityRole("Support"), role: .agent)]
        let fixture = try await SignInFixture(settings: settings)
        // Nobody says whether the address was approved.
        let facts = LoginFacts(
            email: "cem@example.com", displayName: nil, claimedRole: .absent,
            origin: .dynamics(DynamicsFacts(securityRoles: [.init(name: "Support")])))
        let live = LiveLogin(facts, source: .dynamics, steps: [], at: now)
        let signIn = FinishedSignIn(try await fixture.admit(live))
        let token = try await fixture.handOff.token(of: signIn, at: now).minted.token
        #expect(try await fixture.account(of: token).id == signIn.accountID)
        #expect(try await fixture.account(of: token).emailProof == .none)

        let other = try await SignInFixture()
        let first = try await other.token()
        let renamed = try await other.signIn(SignInFixture.facts("ann.b@example.com"), at: later)
        let account = try await other.account(of: first, at: later)
        #expect(account.id == renamed.accountID)
        #expect(account.email.value == "ann.b@example.com")
        #expect(try await other.store.accounts(of: .test, after: nil, limit: 9).count == 1)
    }

    @Test("is Cobrowse's: quarter of an hour, issued when the person came, policy of the rule, an id")
    func claims() async throws {
        var settings = TenantSettings.initial
        let policy = try Policy(try JSONValue(parsing: #"{"version":3,"sessions":{}}"#.utf8))
        settings.rules = [Rule(.salesforcePermissionSet("Cobrowse.io Agent"), role: .agent, policy: policy)]
        let fixture = try await SignInFixture(settings: settings)
        let signIn = try await fixture.signIn()
        let handed = try await fixture.handOff.token(of: signIn, at: later)
        let token = try UnverifiedToken(handed.minted.token)
        let payload = try JSONValue(parsing: token.unverifiedPayload)
        let expected = """
            {"iat":\(now.seconds),"exp":\(now.seconds + 900),"aud":"https://cobrowse.io","iss":"acme-test",\
            "sub":"ann@example.com","displayName":"Ann Agent","role":"agent","policy":{"version":3,"sessions":{}},\
            "jti":"\(signIn.decisionID)","accountId":"\(signIn.accountID)"}
            """
        #expect(payload == (try JSONValue(parsing: expected.utf8)))
        #expect(handed.decisionID == signIn.decisionID)
        #expect(handed.minted.expiresAt == now.adding(seconds: 900))
    }

    @Test("lives no longer than the tenant allows, nor than what the decision was made for")
    func lifetime() async throws {
        var settings = TenantSettings.initial
        settings.tokenLifetime = 120
        let short = try await SignInFixture(settings: settings)
        #expect(try await short.handOff.token(of: short.signIn(), at: now).minted.expiresAt == now.adding(seconds: 120))

        let fixture = try await SignInFixture()
        var facts = SignInFixture.facts()
        facts.origin = .salesforce(
            SalesforceFacts(
                organizationID: SalesforceID("00D000000000062EAA"), userID: SalesforceID("005000000000062AAA"),
                emailVerified: true,
                permissionSets: [.init(name: "Cobrowse.io Agent", expiresAt: now.adding(seconds: 200))]))
        let signIn = try await fixture.signIn(facts)
        #expect(try await fixture.handOff.token(of: signIn, at: now).minted.expiresAt == now.adding(seconds: 200))
        let tooLate = now.adding(seconds: 201)
        await #expect(throws: MintRefusal(.tokenExpired, "")) {
            try await fixture.handOff.token(of: signIn, at: tooLate)
        }
    }

    @Test("gives no more than the decision gave, and no more than the account has by now")
    func role() async throws {
        let fixture = try await SignInFixture()
        let admin = SignInFixture.facts(user: "005000000000069AAA", sets: ["Cobrowse.io Admin"])
        let boss = SignInFixture.facts("boss@example.com", user: "005000000000068AAA", sets: ["Cobrowse.io Admin"])
        _ = try await fixture.signIn(boss)
        let agentFacts = SignInFixture.facts(user: "005000000000069AAA")
        let asAgent = try await fixture.token(agentFacts)
        let asAdmin = try await fixture.token(admin, at: later)
        #expect(try await fixture.account(of: asAdmin, at: later).role == .administrator)
        #expect(try await fixture.account(of: asAgent, at: later).role == .agent)
        // Looking at either changes nothing about the account.
        let stored = try #require(try await fixture.store.account(.test("ann@example.com"), of: .test))
        #expect(stored.role == .administrator)
        let muchLater = now.adding(seconds: 60)
        _ = try await fixture.signIn(agentFacts, at: muchLater)
        #expect(try await fixture.account(of: asAdmin, at: muchLater).role == .agent)
    }

    @Test("administers as long as its account is an administrator's")
    func administration() async throws {
        let fixture = try await SignInFixture()
        let boss = SignInFixture.facts("boss@example.com", user: "005000000000068AAA", sets: ["Cobrowse.io Admin"])
        _ = try await fixture.signIn(boss)
        let token = try await fixture.token(SignInFixture.facts(sets: ["Cobrowse.io Admin"]))
        #expect(try await administers(fixture, token))
        _ = try await fixture.signIn(at: later)
        #expect(try await !administers(fixture, token, at: later))
        #expect(try await !administers(fixture, fixture.token(at: later), at: later))
    }

    private func administers(_ fixture: SignInFixture, _ token: String, at time: Timestamp = now) async throws -> Bool {
        switch try await fixture.administrators.bearer(of: Array(token.utf8), requestID: nil, now: time) {
        case .administrator: true
        case .other: false
        }
    }

    @Test("stops at once when the account is disabled or its tokens are revoked, also where it is remembered")
    func stops() async throws {
        for patch in [AccountPatch(status: .disabled), nil] {
            let fixture = try await SignInFixture()
            let token = try await fixture.token()
            let account = try await fixture.account(of: token)
            let desk = try fixture.login.desk()
            _ = try await fixture.login.login(token, at: desk)
            if let patch {
                try await fixture.change(account.id, patch, at: later)
            } else {
                let revocation = Revocation(.account, account.id, issuedBefore: later)
                _ = try await fixture.store.revoke(revocation, of: .test, audit: AuditStamp(.bridge, at: later))
                fixture.login.directory.add(revocation, of: .test)
            }
            let expected: ReasonCode = patch == nil ? .tokenRevoked : .accountDisabled
            #expect(await fixture.refusal(of: token, at: later) == expected)
            #expect(await fixture.login.refusal(of: token, at: desk, now: later) == expected)
        }
    }

    @Test("is revoked by its id, which is that of the decision")
    func revokedByID() async throws {
        let fixture = try await SignInFixture()
        let signIn = try await fixture.signIn()
        let token = try await fixture.handOff.token(of: signIn, at: now).minted.token
        let revocation = Revocation(.tokenID, signIn.decisionID, issuedBefore: later)
        _ = try await fixture.store.revoke(revocation, of: .test, audit: AuditStamp(.bridge, at: later))
        fixture.login.directory.add(revocation, of: .test)
        #expect(await fixture.refusal(of: token, at: later) == .tokenRevoked)
    }

    @Test("names an account only where the bridge's own key signed it, and only one of its tenant")
    func forged() async throws {
        let fixture = try await SignInFixture()
        let ann = try await fixture.signIn()
        let license = try #require(License("other-tenant"))
        try await fixture.login.addTenant(license.value, keys: [.cobrowse])
        let claim = #""\#(ann.accountID)""#
        // A tenant's own signer: the claim means nothing, and the address is another tenant's.
        let forged = try TokenMaker().token(["iss": #""other-tenant""#, "accountId": claim])
        #expect(try await fixture.account(of: forged).id != ann.accountID)
        // The bridge's key, and an account that is not the tenant's.
        let stray = try TokenMaker(.renewed).token(
            header: #"{"alg":"RS256","kid":"\#(try KeyFixture.renewed.publicKey.thumbprint)"}"#,
            ["iss": #""other-tenant""#, "accountId": claim])
        #expect(await fixture.refusal(of: stray) == .userUnknown)
    }

    @Test("is looked at by the operator's rules of the moment")
    func superuser() async throws {
        let fixture = try await SignInFixture()
        let token = try await fixture.token()
        let rules = AddressRules(
            superusers: [try #require(AddressPattern("ann@.*"))], allowed: [], superusersMaySignIn: false)
        fixture.login.directory.replaceAddresses(rules)
        #expect(await fixture.refusal(of: token) == .emailNotAllowed)
    }

    @Test("leaves the facts of its decision where they are found")
    func preview() async throws {
        let fixture = try await SignInFixture()
        let signIn = try await fixture.signIn()
        let token = try await fixture.handOff.token(of: signIn, at: now).minted.token
        let admission = try await fixture.login.service.admit(UnverifiedToken(token), now: later)
        #expect(admission.decisionID != signIn.decisionID)
        let document = try await fixture.decision(admission.decisionID)
        #expect(!document.contains(#""facts""#))
        #expect(document.contains("the decision \(signIn.decisionID) gave agent"))
        let latest = try await fixture.store.latestDecisions(of: .test, after: nil, limit: 9)
        #expect(latest.map(\.decision?.id) == [signIn.decisionID])
    }
}
