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
    ///     known for what it is wherever a person is needed. `nil` where a person signs in, or the operator asks.
    ///   - state: the place of the key that signs; `next` for a probe before its promotion, whose token no bridge
    ///     accepts until then.
    /// - Throws: `email_not_allowed`, `account_disabled`, `not_found` (tenant, next key), `token_lifetime_exceeded`,
    ///   `claim_invalid`, `token_too_large`, `password_wrong` (another master key), `internal`.
    package func mint(
        _ request: TokenRequest, clientID: String?, signedBy state: StoredSigningKey.State = .current, now: Timestamp
    ) async throws(MintRefusal) -> MintedToken {
        do {
            try addresses.check(request.email)
            let lifetime = try await lifetime(of: request)
            guard let key = try await store.keyToSign(in: state, lasting: lifetime) else { throw Self.noKey(state) }
            let issuedAt = Timestamp(seconds: now.seconds)
            let expiresAt = issuedAt.adding(seconds: lifetime)
            let signer = try TokenSigner(try privateKeys.privateKey(of: key), keyID: key.id)
            let token = try signer.sign(request.claims(of: clientID, issuedAt: issuedAt, expiresAt: expiresAt))
            try Self.check(token, now: now)
            return MintedToken(token: token, expiresAt: expiresAt, keyID: key.id)
        } catch let error as any ReasonedError {
            throw MintRefusal(error)
        } catch {
            throw MintRefusal(.internal, "the token cannot be signed")
        }
    }

    /// How long the token lives, where the tenant and the account allow one at all.
    private func lifetime(of request: TokenRequest) async throws -> Int64 {
        guard let tenant = try await store.tenant(request.license) else {
            throw MintRefusal(
                .notFound, "there is no tenant \(request.license)",
                hint: "the operator adds it: cobrowse-sso tenant create \(request.license)")
        }
        // Cobrowse knows nothing of accounts that are disabled here: what is signed lets its subject in.
        let account = try await store.account(request.email, of: request.license)
        guard account?.status != .disabled else {
            throw MintRefusal(
                .accountDisabled, "the account of this address is disabled", hint: "ask the operator of the bridge")
        }
        let ceiling = min(tenant.settings.tokenLifetime, TokenRules.standard.lifetimeCeiling)
        let lifetime = request.lifetime ?? min(Self.standardLifetime, ceiling)
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
