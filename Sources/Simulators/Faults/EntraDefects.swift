/// A callback that is not what the sign-in asked for.
enum CallbackDefect: String, Sendable, Hashable, CaseIterable {
    case noState = "no-state"
    case otherState = "other-state"
    case noCode = "no-code"
    case unknownCode = "unknown-code"

    var summary: String {
        switch self {
        case .noState: "the callback has no state"
        case .otherState: "the callback has a state that nobody sent"
        case .noCode: "the callback has neither code nor error"
        case .unknownCode: "the callback has a code that was never issued"
        }
    }
}

/// An answer of the token endpoint with something missing or odd.
enum TokenDefect: String, Sendable, Hashable, CaseIterable {
    case noAccessToken = "no-access-token"
    case noRefreshToken = "no-refresh-token"
    case otherTokenType = "other-token-type"
    case expiresNow = "expires-now"
    case expiresAsText = "expires-as-text"

    var summary: String {
        switch self {
        case .noAccessToken: "200 without access_token"
        case .noRefreshToken: "200 without refresh_token, though offline_access was asked for"
        case .otherTokenType: "200 with token_type pop"
        case .expiresNow: "200 with expires_in 0"
        case .expiresAsText: "200 with expires_in as a string"
        }
    }
}

/// An ID token that must not be believed.
enum IDTokenDefect: String, Sendable, Hashable, CaseIterable {
    case missing, malformed
    case wrongSignature = "wrong-signature"
    case unknownKey = "unknown-key"
    case foreignKey = "key-of-other-tenant"
    case algorithmNone = "alg-none"
    case algorithmHS256 = "alg-hs256"
    case critical = "crit"
    case wrongIssuer = "wrong-issuer"
    case otherTenant = "other-tenant"
    case tenantNotOfIssuer = "tid-not-of-issuer"
    case wrongAudience = "wrong-audience"
    case wrongNonce = "wrong-nonce"
    case noNonce = "no-nonce"
    case expired
    case notYetValid = "not-yet-valid"
    case issuedInFuture = "issued-in-future"
    case noObjectID = "no-oid"
    case noTenantID = "no-tid"
    case version1 = "version-1"
    case accessTokenHash = "at-hash"
    case wrongAccessTokenHash = "wrong-at-hash"
    case addressOfAnother = "address-of-another"

    var summary: String {
        switch self {
        case .missing: "there is no id_token, though openid was asked for"
        case .malformed: "the id_token has two parts"
        case .wrongSignature: "one bit of the signature is another"
        case .unknownKey: "signed with a key that no key set has"
        case .foreignKey: "signed with a key whose issuer is another tenant"
        case .algorithmNone: "alg is none, the signature empty"
        case .algorithmHS256: "alg is HS256, with the public key as the secret"
        case .critical: "the header has a crit that nobody knows"
        case .wrongIssuer: "iss is on another host"
        case .otherTenant: "iss and tid are those of a tenant nobody linked"
        case .tenantNotOfIssuer: "tid is not the tenant in iss"
        case .wrongAudience: "aud is another client"
        case .wrongNonce: "nonce is another one"
        case .noNonce: "there is no nonce"
        case .expired: "exp was an hour ago"
        case .notYetValid: "nbf is in an hour"
        case .issuedInFuture: "iat is in an hour"
        case .noObjectID: "there is no oid"
        case .noTenantID: "there is no tid"
        case .version1: "ver is 1.0, iss that of v1 tokens"
        case .accessTokenHash: "a right token with at_hash, which Entra's rarely have"
        case .wrongAccessTokenHash: "at_hash is that of another token"
        case .addressOfAnother: "a right token whose email, upn and preferred_username are ann's (nOAuth)"
        }
    }
}
