/// Why something was refused: the closed list that library, exit codes, problem documents, audit and metrics share.
///
/// The raw value is the code as it appears on every surface. `Docs/ReasonCodes.md` has one heading for each.
public enum ReasonCode: String, Sendable, Hashable, CaseIterable {
    // The token itself.
    case tokenMalformed = "token_malformed"
    case tokenTooLarge = "token_too_large"
    case algorithmNotAllowed = "algorithm_not_allowed"
    case criticalHeaderUnsupported = "critical_header_unsupported"
    case keyUnknown = "key_unknown"
    case keyRetired = "key_retired"
    case signatureInvalid = "signature_invalid"
    case tokenExpired = "token_expired"
    case tokenNotYetValid = "token_not_yet_valid"
    case tokenLifetimeExceeded = "token_lifetime_exceeded"
    case claimMissing = "claim_missing"
    case claimInvalid = "claim_invalid"
    case audienceMismatch = "audience_mismatch"
    case issuerUnknown = "issuer_unknown"
    case tokenRevoked = "token_revoked"

    // The person the token or the CRM speaks of.
    case emailMissing = "email_missing"
    case emailUnverified = "email_unverified"
    case emailNotAllowed = "email_not_allowed"
    case userUnknown = "user_unknown"
    case userInactive = "user_inactive"
    case notAPerson = "not_a_person"
    case signInBlocked = "sign_in_blocked"
    case organizationMismatch = "organization_mismatch"
    case tenantMismatch = "tenant_mismatch"
    case roleMissing = "role_missing"
    case rolesUnavailable = "roles_unavailable"
    case accountDisabled = "account_disabled"
    case accountLinkConflict = "account_link_conflict"

    // The connection to a CRM or identity provider.
    case connectionMissing = "connection_missing"
    case connectionUnvalidated = "connection_unvalidated"
    case consentRequired = "consent_required"
    case consentDeclined = "consent_declined"
    case credentialsRejected = "credentials_rejected"
    case credentialsExpired = "credentials_expired"
    case applicationUserMissing = "application_user_missing"
    case securityRoleMissing = "security_role_missing"
    case environmentNotFound = "environment_not_found"
    case upstreamUnavailable = "upstream_unavailable"
    case upstreamThrottled = "upstream_throttled"
    case stateInvalid = "state_invalid"
    case codeInvalid = "code_invalid"
    case redirectNotAllowed = "redirect_not_allowed"

    // What an administrator or a client handed in.
    case certificateMalformed = "certificate_malformed"
    case certificateExpired = "certificate_expired"
    case keyTooSmall = "key_too_small"
    case keyNotRSA = "key_not_rsa"
    case privateKeyGiven = "private_key_given"
    case passwordWrong = "password_wrong"
    case keystoreUnsupported = "keystore_unsupported"
    case configurationInvalid = "configuration_invalid"
    case notFound = "not_found"
    case conflict = "conflict"
    case rateLimited = "rate_limited"
    case unauthenticated = "unauthenticated"
    case forbidden = "forbidden"
    case `internal` = "internal"
}

extension ReasonCode {
    /// Whose matter a refusal is; it decides the default HTTP status and exit code.
    public enum Category: Sendable, Hashable {
        /// The token itself is bad: 401.
        case token
        /// The token or login is genuine, the person may not enter: 403.
        case person
        /// The connection to a CRM or identity provider does not work.
        case connection
        /// A file, setting or request handed in is not acceptable.
        case input
    }

    /// The group of the closed list that this code stands in.
    public var category: Category {
        switch self {
        case .tokenMalformed, .tokenTooLarge, .algorithmNotAllowed, .criticalHeaderUnsupported, .keyUnknown,
            .keyRetired, .signatureInvalid, .tokenExpired, .tokenNotYetValid, .tokenLifetimeExceeded, .claimMissing,
            .claimInvalid, .audienceMismatch, .issuerUnknown, .tokenRevoked:
            .token
        case .emailMissing, .emailUnverified, .emailNotAllowed, .userUnknown, .userInactive, .notAPerson,
            .signInBlocked, .organizationMismatch, .tenantMismatch, .roleMissing, .rolesUnavailable,
            .accountDisabled, .accountLinkConflict:
            .person
        case .connectionMissing, .connectionUnvalidated, .consentRequired, .consentDeclined, .credentialsRejected,
            .credentialsExpired, .applicationUserMissing, .securityRoleMissing, .environmentNotFound,
            .upstreamUnavailable, .upstreamThrottled, .stateInvalid, .codeInvalid, .redirectNotAllowed:
            .connection
        case .certificateMalformed, .certificateExpired, .keyTooSmall, .keyNotRSA, .privateKeyGiven,
            .passwordWrong, .keystoreUnsupported, .configurationInvalid, .notFound, .conflict, .rateLimited,
            .unauthenticated, .forbidden, .internal:
            .input
        }
    }

    /// The code in words, for people: the `title` of a problem document.
    public var title: String {
        switch self {
        case .tokenRevoked: "The token was revoked"
        case .keyNotRSA: "The key is not an RSA key"
        case .notAPerson: "The user is not a person"
        case .internal: "Something went wrong inside the bridge"
        default: Self.sentence(rawValue)
        }
    }

    private static func sentence(_ code: String) -> String {
        let words = code.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
