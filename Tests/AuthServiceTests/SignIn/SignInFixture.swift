import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// A service whose own key is `renewed`, and people of an org who sign in at a browser.
struct SignInFixture {
    let login: LoginFixture
    let handOff: SignInHandOff
    let administrators: AdministratorLogins

    init(settings: TenantSettings = .initial, addresses: AddressRules = .none) async throws {
        login = try await LoginFixture(keys: nil, bridgeKeys: [.renewed], addresses: addresses)
        let store = login.store.memory
        try await store.insert(
            Tenant(license: .test, name: nil, createdAt: now, settings: settings),
            audit: AuditStamp(Actor("cli:test"), at: now))
        try await store.insertOpen(.renewed, as: .current)
        let mint = TokenMint(store: store, addresses: addresses, privateKeys: OpenKeys())
        handOff = SignInHandOff(store: store, logins: login.service, mint: mint)
        administrators = AdministratorLogins(login.service)
    }

    var store: InMemoryStore { login.store.memory }

    /// A person of the org with permission sets, whose address the org has verified.
    static func facts(
        _ email: String = "ann@example.com", user: String = "005000000000062AAA", verified: Bool = true,
        sets: [String]? = ["Cobrowse.io Agent"]
    ) -> LoginFacts {
        LoginFacts(
            email: email, displayName: "Ann Agent", claimedRole: .absent,
            origin: .salesforce(
                SalesforceFacts(
                    organizationID: SalesforceID("00D000000000062EAA"), userID: SalesforceID(user),
                    emailVerified: verified, permissionSets: sets?.map { .init(name: $0) })))
    }

    /// The steps of a sign-in before anything is decided.
    static let steps = [Check.Name.state, .code, .idToken, .user, .roles].map { Check($0, .passed, "") }

    /// A person signs in.
    func signIn(_ facts: LoginFacts = facts(), at time: Timestamp = now) async throws -> FinishedSignIn {
        let live = LiveLogin(facts, source: .salesforce, steps: Self.steps, at: time)
        return FinishedSignIn(try await admit(live, now: time))
    }

    func admit(_ live: LiveLogin, now: Timestamp = now) async throws -> Admission<LiveLogin> {
        guard case .tenant(let tenant) = try await login.directory.load(License.test.value) else {
            throw MissingFixture(name: "tenant")
        }
        return try await login.service.admit(live, of: tenant, requestID: "r-1", now: now)
    }

    /// A person signs in and gets a token.
    func token(_ facts: LoginFacts = facts(), at time: Timestamp = now) async throws -> String {
        try await handOff.token(of: signIn(facts, at: time), at: time).minted.token
    }

    /// What a login with the token comes to.
    func account(of token: String, at time: Timestamp = now) async throws -> Account {
        try await login.service.admit(UnverifiedToken(token), now: time).account
    }

    /// The code that a login with the token is refused with.
    func refusal(of token: String, at time: Timestamp = now) async -> ReasonCode? {
        do {
            _ = try await account(of: token, at: time)
            return nil
        } catch {
            return (error as? LoginRefusal)?.code
        }
    }

    /// Changes the account as an administrator does, and lets the service know.
    func change(_ id: String, _ patch: AccountPatch, at time: Timestamp = now) async throws {
        login.directory.apply(
            try await store.change(
                id, of: .test, patch, allowsLastAdministrator: true, audit: AuditStamp(.bridge, at: time)))
    }

    /// The document of a decision.
    func decision(_ id: String) async throws -> String {
        try #require(try await store.decision(id, of: .test)).document
    }
}
