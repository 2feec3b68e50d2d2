package import BridgeCore

/// Who can do something about a denied login; the raw value is what decisions show as `fixedBy`.
package enum Fixer: String, Sendable, Hashable, CaseIterable {
    /// Whoever signs in, by doing it again.
    case person
    /// Whoever makes and signs the tenant's tokens.
    case signer = "token signer"
    /// An administrator of the Salesforce org.
    case salesforceAdministrator = "Salesforce administrator"
    /// An administrator of the Dataverse environment.
    case environmentAdministrator = "environment administrator"
    /// An administrator of the Cobrowse account.
    case tenantAdministrator = "tenant administrator"
    /// Whoever runs the bridge.
    case bridgeOperator = "bridge operator"
}

extension ReasonCode {
    /// Who can do something about a login that was denied with this code.
    ///
    /// - Parameters:
    ///   - origin: the CRM that the person comes from; `nil` where nothing the login said was believed.
    ///   - source: the way in.
    package func fixer(_ origin: LoginFacts.Origin?, _ source: Decision.Source = .token) -> Fixer {
        let fixer = fixer(origin)
        // Tokens have a signer of the tenant's; what vendors sign, those who administer them set up.
        return fixer == .signer ? Fixer(administering: source) ?? fixer : fixer
    }

    private func fixer(_ origin: LoginFacts.Origin?) -> Fixer {
        switch self {
        case .tokenRevoked, .stateInvalid, .codeInvalid, .rateLimited: .person
        case .tokenMalformed, .tokenTooLarge, .algorithmNotAllowed, .criticalHeaderUnsupported, .keyRetired,
            .tokenExpired, .tokenNotYetValid, .tokenLifetimeExceeded, .claimMissing, .audienceMismatch, .issuerUnknown:
            .signer
        case .claimInvalid, .emailMissing, .rolesUnavailable:
            origin?.isOfConnection == true ? Fixer(administering: origin) : .signer
        case .emailUnverified, .userUnknown, .userInactive, .notAPerson, .signInBlocked, .roleMissing:
            Fixer(administering: origin)
        case .applicationUserMissing, .securityRoleMissing, .environmentNotFound:
            if case .salesforce = origin { .salesforceAdministrator } else { .environmentAdministrator }
        case .keyUnknown, .signatureInvalid, .organizationMismatch, .tenantMismatch, .accountDisabled,
            .accountLinkConflict, .connectionMissing, .connectionUnvalidated, .consentRequired, .consentDeclined,
            .credentialsRejected, .credentialsExpired, .redirectNotAllowed, .certificateMalformed, .certificateExpired,
            .keyTooSmall, .keyNotRSA, .privateKeyGiven, .passwordWrong, .keystoreUnsupported, .configurationInvalid,
            .notFound, .conflict, .unauthenticated, .forbidden:
            .tenantAdministrator
        case .emailNotAllowed, .upstreamUnavailable, .upstreamThrottled, .internal: .bridgeOperator
        }
    }
}

extension LoginFacts.Origin {
    /// Whether the CRM was asked, and not a signer taken at its word.
    fileprivate var isOfConnection: Bool {
        switch self {
        case .signer: false
        case .salesforce(let facts): facts.connection != nil
        case .dynamics: true
        }
    }
}

extension Fixer {
    /// Who administers what a vendor signs; `nil` for ways in that begin with a token.
    fileprivate init?(administering source: Decision.Source) {
        switch source {
        case .salesforce, .canvas: self = .salesforceAdministrator
        case .dynamics: self = .tenantAdministrator
        case .token, .sync, .hypothetical: return nil
        }
    }

    /// Who decides in the CRM what it says of a person.
    fileprivate init(administering origin: LoginFacts.Origin?) {
        switch origin {
        case .salesforce: self = .salesforceAdministrator
        case .dynamics: self = .environmentAdministrator
        case .signer, nil: self = .tenantAdministrator
        }
    }
}
