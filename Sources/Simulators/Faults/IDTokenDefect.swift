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
    case otherLoginHost = "issuer-of-other-host"
    case otherOrganization = "other-organization"
    case otherUser = "other-user"
    case subjectElsewhere = "sub-elsewhere"
    case noSubject = "no-sub"
    case noAccessTokenHash = "no-at-hash"

    /// Those of Entra's tokens.
    static let entra: [IDTokenDefect] =
        both + [
            .foreignKey, .otherTenant, .tenantNotOfIssuer, .notYetValid, .noObjectID, .noTenantID, .version1,
            .accessTokenHash, .addressOfAnother,
        ]

    /// Those of Salesforce's tokens, which have no `nbf` and always `at_hash`.
    static let salesforce: [IDTokenDefect] =
        both + [
            .otherLoginHost, .otherOrganization, .otherUser, .subjectElsewhere, .noSubject, .noAccessTokenHash,
        ]

    private static let both: [IDTokenDefect] = [
        .missing, .malformed, .wrongSignature, .unknownKey, .algorithmNone, .algorithmHS256, .critical, .wrongIssuer,
        .wrongAudience, .wrongNonce, .noNonce, .expired, .issuedInFuture, .wrongAccessTokenHash,
    ]

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
        case .otherLoginHost: "iss is another host of Salesforce's, of the same key set"
        case .otherOrganization: "sub names a person of another org"
        case .otherUser: "sub names another person than the identity URL in the answer"
        case .subjectElsewhere: "sub is an identity URL on another host"
        case .noSubject: "there is no sub"
        case .noAccessTokenHash: "there is no at_hash, which Salesforce's always have"
        }
    }
}
