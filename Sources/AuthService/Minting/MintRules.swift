package import BridgeCore
internal import BridgeCrypto

/// What has to be in order before a token is signed, and the claims of one where it is: address, tenant, account, life.
package struct MintRules: Sendable {
    private let store: any TenantStore & AccountStore & SigningKeyStore
    private let addresses: AddressRules

    package init(store: any TenantStore & AccountStore & SigningKeyStore, addresses: AddressRules) {
        self.store = store
        self.addresses = addresses
    }

    /// Finds out whether the token that `request` asks for would be signed; signs and changes nothing.
    ///
    /// - Throws: as `TokenMint.mint`, but for what only signing shows: a token that is too long, another master key.
    package func check(_ request: TokenRequest, now: Timestamp) async throws(MintRefusal) {
        try await MintRefusal.catching {
            _ = try await claims(of: request, clientID: nil, now: now)
            guard try await store.signingKeys().contains(where: { $0.state == .current }) else {
                throw MintRefusal.noKey(.current)
            }
        }
    }

    /// The claims of the token that `request` asks for, issued at `now`.
    func claims(of request: TokenRequest, clientID: String?, now: Timestamp) async throws -> AgentClaims {
        try addresses.check(request.email)
        let ceiling = try await ceiling(of: request.license)
        // Cobrowse knows nothing of accounts that are disabled here: what is signed lets its subject in.
        try Self.requireEnabled(try await account(of: request))
        let lifetime = try Self.lifetime(request.lifetime, ceiling: ceiling)
        return request.claims(of: clientID, issuedAt: Timestamp(seconds: now.seconds), lasting: lifetime)
    }

    /// The claims of the token of a finished sign-in.
    func claims(of signIn: FinishedSignIn) async throws -> AgentClaims {
        try addresses.check(signIn.email)
        let ceiling = try await ceiling(of: signIn.license)
        let account = try await account(signIn.accountID, of: signIn.license)
        try Self.requireEnabled(account)
        return signIn.claims(of: account, lasting: min(TokenMint.standardLifetime, ceiling))
    }

    /// The account of the address, which may have none; or that of the decision, which had one.
    private func account(of request: TokenRequest) async throws -> Account? {
        guard let decision = request.decision else {
            return try await store.account(request.email, of: request.license)
        }
        return try await account(decision.accountID, of: request.license)
    }

    private func account(_ id: String, of license: License) async throws -> Account {
        guard let account = try await store.account(id: id, of: license) else {
            throw MintRefusal(.userUnknown, "the account is gone", hint: "sign in again")
        }
        return account
    }

    /// How long a token may live that the tenant allows, in seconds.
    private func ceiling(of license: License) async throws -> Int64 {
        guard let tenant = try await store.tenant(license) else {
            throw MintRefusal(
                .notFound, "there is no tenant \(license)",
                hint: "the operator adds it: cobrowse-sso tenant create \(license)")
        }
        return min(tenant.settings.tokenLifetime, TokenRules.standard.lifetimeCeiling)
    }

    private static func requireEnabled(_ account: Account?) throws(MintRefusal) {
        guard let account, account.status != .active else { return }
        throw MintRefusal(
            .accountDisabled, "the account of this address is \(account.status.rawValue)",
            hint: "ask the operator of the bridge")
    }

    private static func lifetime(_ asked: Int64?, ceiling: Int64) throws(MintRefusal) -> Int64 {
        let lifetime = asked ?? min(TokenMint.standardLifetime, ceiling)
        guard lifetime <= ceiling else {
            throw MintRefusal(
                .tokenLifetimeExceeded,
                "the token would live for \(lifetime) s, the tenant allows at most \(ceiling) s",
                hint: "ask for a shorter life, or have an administrator raise the tenant's tokenLifetime")
        }
        guard lifetime >= 1 else { throw MintRefusal(.claimInvalid, "the token would expire at once") }
        return lifetime
    }
}
