internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// Where the keys that verify a token come from.
enum VerificationKeys {
    /// A file; any issuer will do.
    case fixed(TokenKeySet)
    /// The store, by the token's issuer.
    case tenants(TenantKeys)
}

/// Judges tokens, any number with the same OpenSSL contexts.
struct TokenJudge {
    private let verifier: TokenVerifier
    private let keys: VerificationKeys

    init(keys: VerificationKeys) throws(CommandFailure) {
        verifier = try reporting { () throws(CryptoError) in try TokenVerifier() }
        self.keys = keys
    }

    /// Judges a compact serialization; a failure is none of the token's, such as a store that cannot be read.
    func judge(_ compact: Span<UInt8>, now: Timestamp) throws(CommandFailure) -> TokenVerdict {
        let token: UnverifiedToken
        do throws(TokenRefusal) {
            token = try UnverifiedToken(compact)
        } catch {
            return .refused(Self.failure(error, of: compact))
        }
        let trusted: (keys: TokenKeySet, rules: TokenRules)
        var tenant: TenantState?
        switch keys {
        case .fixed(let keys): trusted = (keys, .standard)
        case .tenants(let tenants):
            switch try tenants.tenant(of: token.unverifiedIssuer) {
            case .success(let found):
                trusted = (found.keys, found.tokenRules)
                tenant = found
            case .failure(let refusal): return .refused(refusal)
            }
        }
        let verified: VerifiedToken
        do throws(TokenRefusal) {
            verified = try verifier.verify(token, keys: trusted.keys, rules: trusted.rules, now: now)
        } catch {
            return .refused(CommandFailure(error))
        }
        let denial = try reporting { () throws(CryptoError) in try tenant?.revocation(of: verified) }
        return denial.map { .refused(CommandFailure($0)) } ?? Self.verdict(verified)
    }

    /// What a login with a token that is valid would have somebody know, such as that a certificate has expired.
    func warning(about token: VerifiedToken, now: Timestamp) throws(CommandFailure) -> String? {
        guard case .tenants(let tenants) = keys, case .success(let tenant) = try tenants.tenant(of: token.issuer) else {
            return nil
        }
        let check = tenant.check(of: token, at: now)
        return check.outcome == .warning ? check.detail : nil
    }

    /// Holds a genuine token to what the service asks of its subject.
    private static func verdict(_ token: VerifiedToken) -> TokenVerdict {
        guard EmailAddress(token.subject) != nil else {
            return .refused(
                CommandFailure(
                    .claimInvalid, "sub is no e-mail address", hint: "sub has to be the agent's e-mail address"))
        }
        return .valid(token)
    }

    /// Says what is wrong with the form; a whole Authorization header is a common thing to paste.
    private static func failure(_ refusal: TokenRefusal, of compact: Span<UInt8>) -> CommandFailure {
        let scheme = Array("bearer ".utf8)
        let hasScheme =
            compact.count > scheme.count && scheme.indices.allSatisfy { compact[$0] | 0x20 == scheme[$0] }
        guard hasScheme else { return CommandFailure(refusal) }
        return CommandFailure(
            refusal.code, refusal.detail, hint: "leave out \"Bearer\" in front: the token is what follows it")
    }

    /// Closes the store, where there is one.
    func close() {
        if case .tenants(let tenants) = keys { tenants.close() }
    }
}

/// The keys of tenants as the store has them, a bounded number kept in memory.
struct TenantKeys {
    private let session: StoreSession
    private let directory: LoginDirectory
    private let license: License?

    /// - Parameter license: the only issuer that is accepted; its tenant has to exist.
    init(_ session: StoreSession, license: License?) throws(CommandFailure) {
        let addresses = session.configuration.addresses
        directory = try session.run { store async throws(StoreError) in
            if let license { _ = try await store.existingTenant(license) }
            let keys = try await store.signingKeys().filter { $0.state != .next }
            return LoginDirectory(store: store, addresses: addresses, bridgeKeys: try keys.map(Self.tokenKey))
        }
        self.session = session
        self.license = license
    }

    /// The tenant that tokens of `issuer` are for, or why there is none.
    func tenant(of issuer: String) throws(CommandFailure) -> Result<TenantState, CommandFailure> {
        if let license, issuer != license.value {
            return .failure(
                CommandFailure(
                    .issuerUnknown, "iss is \(Printable.quoted(issuer)), not \"\(license)\"",
                    hint: "the token is for another Cobrowse account, or its signer has the wrong license key"))
        }
        guard case .tenant(let tenant) = try entry(of: issuer) else {
            return .failure(CommandFailure(TokenRefusal.issuerUnknown(issuer)))
        }
        return .success(tenant)
    }

    func close() { session.close() }

    private func entry(of issuer: String) throws(CommandFailure) -> LoginDirectory.TenantEntry {
        if let entry = directory.tenant(issuer) { return entry }
        let directory = directory
        return try session.run { _ async throws(StoreError) in try await directory.load(issuer) }
    }

    /// One of the bridge's own keys, which count as keys of every tenant.
    private static func tokenKey(_ stored: StoredSigningKey) throws(StoreError) -> TokenKey {
        do throws(CryptoError) {
            let key = try RSAPublicKey(subjectPublicKeyInfo: stored.publicKey, source: "signing key \(stored.id)")
            return TokenKey(key, declaredKeyID: stored.id)
        } catch {
            throw StoreError(error.code, error.detail, hint: error.hint)
        }
    }
}
