package import BridgeCore
internal import BridgeCrypto

/// Signs agent tokens with the bridge's own key: for back ends that ask for them, and for browser sign-ins.
///
/// Shared by all threads.
package final class TokenMint: Sendable {
    private let store: any TenantStore & AccountStore & SigningKeyStore
    private let rules: MintRules
    private let privateKeys: any PrivateSigningKeys

    /// The life of a token where nobody asks for another, in seconds.
    package static let standardLifetime: Int64 = 900

    package init(
        store: any TenantStore & AccountStore & SigningKeyStore, addresses: AddressRules,
        privateKeys: any PrivateSigningKeys
    ) {
        self.store = store
        rules = MintRules(store: store, addresses: addresses)
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
    /// - Throws: `email_not_allowed`, `account_disabled`, `user_unknown` where the account of a decision is gone,
    ///   `not_found` (tenant, next key), `token_lifetime_exceeded`, `token_expired` where the decision held no longer,
    ///   `claim_invalid`, `token_too_large`, `password_wrong` (another master key), `internal`.
    package func mint(
        _ request: TokenRequest, clientID: String?, signedBy state: StoredSigningKey.State = .current, now: Timestamp
    ) async throws(MintRefusal) -> MintedToken {
        try await MintRefusal.catching {
            try await sign(try await rules.claims(of: request, clientID: clientID, now: now), with: state, now: now)
        }
    }

    /// Signs the token of a person whom a decision about a browser sign-in let in, issued when the person came.
    ///
    /// It lives a quarter of an hour, or less where the tenant allows less or the decision holds for less.
    /// - Throws: `email_not_allowed`, `account_disabled`, `user_unknown` where the account is gone, `not_found` (tenant,
    ///   key), `token_expired` where it would have ended by now, `token_too_large`, `password_wrong` (another master key),
    ///   `internal`.
    package func mint(for signIn: FinishedSignIn, now: Timestamp) async throws(MintRefusal) -> MintedToken {
        try await MintRefusal.catching {
            try await sign(try await rules.claims(of: signIn), with: .current, now: now)
        }
    }

    private func sign(
        _ claims: AgentClaims, with state: StoredSigningKey.State, now: Timestamp
    ) async throws -> MintedToken {
        let lifetime = claims.expiresAt.seconds - claims.issuedAt.seconds
        guard let key = try await store.keyToSign(in: state, lasting: lifetime) else { throw MintRefusal.noKey(state) }
        let token = try TokenSigner(try privateKeys.privateKey(of: key), keyID: key.id).sign(claims)
        try Self.check(token, now: now)
        return MintedToken(token: token, expiresAt: claims.expiresAt, keyID: key.id)
    }

    /// What every verifier would refuse is not handed out.
    private static func check(_ token: String, now: Timestamp) throws {
        do throws(TokenRefusal) {
            try UnverifiedToken(token).checkTimes(now: now)
        } catch {
            throw MintRefusal(error.code, "the token would be refused: \(error.detail)", hint: error.hint)
        }
    }
}
