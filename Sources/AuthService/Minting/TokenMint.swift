package import BridgeCore
internal import BridgeCrypto

/// Signs agent tokens with the bridge's own key: for back ends that ask for them, and for browser sign-ins.
///
/// Shared by all threads.
package final class TokenMint: Sendable {
    private let store: any TenantStore & AccountStore & SigningKeyStore
    private let addresses: AddressRules
    private let privateKeys: any PrivateSigningKeys

    /// The life of a token where nobody asks for another, in seconds.
    package static let standardLifetime: Int64 = 900

    package init(
        store: any TenantStore & AccountStore & SigningKeyStore, addresses: AddressRules,
        privateKeys: any PrivateSigningKeys
    ) {
        self.store = store
        self.addresses = addresses
        self.privateKeys = privateKeys
    }

    /// Signs the token that `request` asks for, issued at `now`.
    ///
    /// The store is asked for tenant, account and key each time: a key that was promoted a moment ago by another
    /// process signs, and one that was removed does not.
    /// - Parameters:
    ///   - clientID: the API token that asks, which the signed token carries as `client_id` (RFC 8693 §4.3): it is
    ///     known for what it is wherever a person is needed. `nil` where the operator asks.
    ///   - state: the place of the key that signs; `next` for a probe before its promotion, whose token no bridge
    ///     accepts until then.
    /// - Throws: `email_not_allowed`, `account_disabled`, `not_found` (tenant, next key), `token_lifetime_exceeded`,
    ///   `claim_invalid`, `token_too_large`, `password_wrong` (another master key), `internal`.
    package func mint(
        _ request: TokenRequest, clientID: String?, signedBy state: StoredSigningKey.State = .current, now: Timestamp
    ) async throws(MintRefusal) -> MintedToken {
        try await refusing {
            try addresses.check(request.email)
            let ceiling = try await ceiling(of: request.license)
            // Cobrowse knows nothing of accounts that are disabled here: what is signed lets its subject in.
            try Self.requireEnabled(try await store.account(request.email, of: request.license))
            let lifetime = try Self.lifetime(request.lifetime, ceiling: ceiling)
            let issuedAt = Timestamp(seconds: now.seconds)
            let claims = request.claims(
                of: clientID, issuedAt: issuedAt, expiresAt: issuedAt.adding(seconds: lifetime))
            return try await sign(claims, with: state, lasting: lifetime, now: now)
        }
    }

    /// Signs the token of a person whom a decision about a browser sign-in let in, issued when the person came.
    ///
    /// It lives a quarter of an hour, or less where the tenant allows less or the decision holds for less.
    /// - Throws: `email_not_allowed`, `account_disabled`, `user_unknown` where the account is gone, `not_found` (tenant,
    ///   key), `token_expired` where it would have ended by now, `token_too_large`, `password_wrong` (another master key),
    ///   `internal`.
    package func mint(for signIn: FinishedSignIn, now: Timestamp) async throws(MintRefusal) -> MintedToken {
        try await refusing {
            try addresses.check(signIn.email)
            let ceiling = try await ceiling(of: signIn.license)
            guard let account = try await store.account(id: signIn.accountID, of: signIn.license) else {
                throw MintRefusal(.userUnknown, "the account is gone", hint: "sign in again")
            }
            try Self.requireEnabled(account)
            let claims = signIn.claims(of: account, lasting: min(Self.standardLifetime, ceiling))
            let lifetime = claims.expiresAt.seconds - claims.issuedAt.seconds
            return try await sign(claims, with: .current, lasting: lifetime, now: now)
        }
    }

    /// Whatever goes wrong is a reason why nothing is signed.
    private func refusing(
        _ body: () async throws -> MintedToken
    ) async throws(MintRefusal) -> MintedToken {
        do {
            return try await body()
        } catch let error as MintRefusal {
            throw error
        } catch let error as any ReasonedError {
            throw MintRefusal(error)
        } catch {
            throw MintRefusal(.internal, "the token cannot be signed")
        }
    }

    private func sign(
        _ claims: AgentClaims, with state: StoredSigningKey.State, lasting lifetime: Int64, now: Timestamp
    ) async throws -> MintedToken {
        guard let key = try await store.keyToSign(in: state, lasting: lifetime) else { throw Self.noKey(state) }
        let token = try TokenSigner(try privateKeys.privateKey(of: key), keyID: key.id).sign(claims)
        try Self.check(token, now: now)
        return MintedToken(token: token, expiresAt: claims.expiresAt, keyID: key.id)
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
        let lifetime = asked ?? min(standardLifetime, ceiling)
        guard lifetime <= ceiling else {
            throw MintRefusal(
                .tokenLifetimeExceeded,
                "the token would live for \(lifetime) s, the tenant allows at most \(ceiling) s",
                hint: "ask for a shorter life, or have an administrator raise the tenant's tokenLifetime")
        }
        guard lifetime >= 1 else { throw MintRefusal(.claimInvalid, "the token would expire at once") }
        return lifetime
    }

    /// What every verifier would refuse is not handed out.
    private static func check(_ token: String, now: Timestamp) throws {
        do throws(TokenRefusal) {
            try UnverifiedToken(token).checkTimes(now: now)
        } catch {
            throw MintRefusal(error.code, "the token would be refused: \(error.detail)", hint: error.hint)
        }
    }

    private static func noKey(_ state: StoredSigningKey.State) -> MintRefusal {
        MintRefusal(
            .notFound, "the bridge has no \(state.rawValue) signing key",
            hint: "the operator makes one: cobrowse-sso key rotate")
    }
}

extension TokenRequest {
    fileprivate func claims(of clientID: String?, issuedAt: Timestamp, expiresAt: Timestamp) -> AgentClaims {
        AgentClaims(
            license: license.value, email: email.value, displayName: displayName.flatMap(DisplayName.cleaned),
            role: role, policy: policy, issuedAt: issuedAt, expiresAt: expiresAt,
            additional: clientID.map { [JSONMember(name: "client_id", value: .string($0))] } ?? [])
    }
}

extension FinishedSignIn {
    /// - Parameters:
    ///   - account: as it is by now: what was lowered since the decision is not given any more.
    ///   - seconds: how long the token lives, unless something ends before that.
    fileprivate func claims(of account: Account, lasting seconds: Int64) -> AgentClaims {
        let issuedAt = Timestamp(seconds: time.seconds)
        let end = issuedAt.adding(seconds: seconds)
        return AgentClaims(
            license: license.value, email: email.value, displayName: displayName,
            role: min(role, account.role) == .administrator ? .administrator : .agent, policy: policy,
            issuedAt: issuedAt,
            expiresAt: validUntil.map { min(end, Timestamp(seconds: $0.seconds)) } ?? end,
            additional: [
                JSONMember(name: "jti", value: .string(decisionID)),
                JSONMember(name: AccountClaims.accountClaim, value: .string(accountID)),
            ])
    }
}
