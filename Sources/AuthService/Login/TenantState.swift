package import BridgeCore
package import BridgeCrypto

/// One tenant as logins need it: keys decoded, rules prepared, kept in memory until something changes.
package final class TenantState: Sendable {
    package let license: License
    package let keys: TokenKeySet
    package let tokenRules: TokenRules
    package let access: AccessPolicy
    /// How a finished browser login comes back, and where to besides Cobrowse itself.
    package let handOff: HandOff
    package let redirectOrigins: [RedirectOrigin]
    /// When the certificates of the keys end, by thumbprint.
    private let certificateEnds: [String: Timestamp]
    /// The thumbprints of the bridge's own keys: what they signed, the bridge itself said.
    private let bridgeKeyIDs: Set<String>
    /// What was taken back.
    let revocations: RevocationSet
    /// Raised when this state is no longer the tenant's.
    package let generation = TokenGeneration()
    /// What `generation` counts while this state is the tenant's.
    let currentGeneration: UInt64

    /// - Parameter bridgeKeys: the bridge's own keys, which count as keys of every tenant.
    package init(
        _ tenant: Tenant, keys: [TrustedKey], bridgeKeys: [TokenKey], addresses: AddressRules,
        revocations: RevocationSet = RevocationSet()
    ) throws(CryptoError) {
        self.revocations = revocations
        bridgeKeyIDs = Set(bridgeKeys.map(\.key.thumbprint))
        license = tenant.license
        currentGeneration = generation.current
        var tokenKeys: [TokenKey] = []
        let keyGrace = tenant.settings.refuseExpiredKeysAfter
        for key in keys { tokenKeys.append(try TokenKey(key, refusedAfterEnd: keyGrace)) }
        certificateEnds = Dictionary(
            keys.compactMap { key in key.notAfter.map { (key.id, $0) } }, uniquingKeysWith: { first, _ in first })
        self.keys = TokenKeySet(tokenKeys + bridgeKeys, issuer: tenant.license.value)
        tokenRules = TokenRules(lifetimeCeiling: tenant.settings.tokenLifetime)
        access = AccessPolicy(
            license: tenant.license, rules: RuleSet(tenant.settings.rules), addresses: addresses)
        handOff = tenant.settings.handOff
        redirectOrigins = tenant.settings.redirectOrigins
    }

    /// The same tenant, with nothing that was answered under it so far.
    func renewed() -> TenantState { TenantState(self) }

    private init(_ other: TenantState) {
        license = other.license
        keys = other.keys
        tokenRules = other.tokenRules
        access = other.access
        handOff = other.handOff
        redirectOrigins = other.redirectOrigins
        certificateEnds = other.certificateEnds
        revocations = other.revocations
        bridgeKeyIDs = other.bridgeKeyIDs
        currentGeneration = generation.current
    }

    /// Why a verified token is good no more; `nil` where it is.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package func revocation(of token: VerifiedToken) throws(CryptoError) -> AccessDenial? {
        guard let email = EmailAddress(token.subject) else { return nil }
        return try revocations.check(token, of: email) { () throws(CryptoError) in try SHA256Digest(of: token.compact) }
    }

    /// The first step of a trace: who signed, and whether it is time to renew that key's certificate.
    package func check(of token: VerifiedToken, at now: Timestamp) -> Check {
        let words = "signed by the key \(token.keyThumbprint), good until \(token.expiresAt)"
        guard let end = certificateEnds[token.keyThumbprint], end < now else { return Check(.token, .passed, words) }
        return Check(.token, .warning, "\(words); the certificate of that key ended at \(end)")
    }

    /// Which account a token was signed for; `nil` unless the bridge itself signed it after it had let that account in.
    ///
    /// Whatever a tenant's own signer writes into the claim means nothing here.
    func account(namedBy token: VerifiedToken) -> AccountClaims? {
        bridgeKeyIDs.contains(token.keyThumbprint) ? AccountClaims(token) : nil
    }

    /// The step of a trace that says that nothing which covers the token was taken back; none where nothing was.
    func noteNotRevoked(_ trace: inout some DecisionTrace) {
        guard !revocations.isEmpty else { return }
        trace.note(.revocation, .passed, "neither the token nor its key or person")
    }

    /// Makes every answer that was kept under this state a miss, also one that is about to be kept.
    func retire() {
        generation.advance()
    }
}
