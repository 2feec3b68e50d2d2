package import BridgeCore

/// What a page is about: a way in which a sign-in ends without anybody being signed in, or the end of a consent.
package enum Topic: Sendable, Hashable, CaseIterable {
    case answerNotTrusted, clocksDiffer, tokensRevoked
    case emailMissing, emailEmpty, emailPending, emailRejected, emailStatusMissing, emailOfSandbox,
        emailNotAllowed
    case userUnknown, userInactive, userFrozen, notAPerson, signInBlocked, appLacksScope, otherOrganization,
        roleMissing, rolesUnavailable
    case accountDisabled, addressTaken
    case notConnected, connectionUntested, connectionBroken, consentRequired, consentDeclined, consentGiven,
        organizationsAsked, organizationsReady
    case providerUnavailable, startAgain, reloadNeeded, redirectNotAllowed, linkBroken, tooManyAttempts, notSetUp,
        internalProblem

    /// What a refusal with `code` is about.
    ///
    /// Without a `default`: a code that is added has to be put into words before anything builds.
    package init(_ code: ReasonCode) {
        switch code {
        case .tokenMalformed, .tokenTooLarge, .algorithmNotAllowed, .criticalHeaderUnsupported, .keyUnknown,
            .keyRetired,
            .signatureInvalid, .tokenLifetimeExceeded, .claimMissing, .claimInvalid, .audienceMismatch, .issuerUnknown:
            self = .answerNotTrusted
        case .tokenExpired, .tokenNotYetValid: self = .clocksDiffer
        case .tokenRevoked: self = .tokensRevoked
        case .emailMissing: self = .emailMissing
        case .emailUnverified: self = .emailPending
        case .emailNotAllowed: self = .emailNotAllowed
        case .userUnknown: self = .userUnknown
        case .userInactive: self = .userInactive
        case .notAPerson: self = .notAPerson
        case .signInBlocked: self = .signInBlocked
        case .organizationMismatch, .tenantMismatch: self = .otherOrganization
        case .roleMissing: self = .roleMissing
        case .rolesUnavailable: self = .rolesUnavailable
        case .accountDisabled: self = .accountDisabled
        case .accountLinkConflict: self = .addressTaken
        case .connectionMissing: self = .notConnected
        case .connectionUnvalidated: self = .connectionUntested
        case .consentRequired: self = .consentRequired
        case .consentDeclined: self = .consentDeclined
        case .credentialsRejected, .credentialsExpired, .applicationUserMissing, .securityRoleMissing,
            .environmentNotFound:
            self = .connectionBroken
        case .upstreamUnavailable, .upstreamThrottled: self = .providerUnavailable
        case .stateInvalid, .codeInvalid: self = .startAgain
        case .redirectNotAllowed: self = .redirectNotAllowed
        case .rateLimited: self = .tooManyAttempts
        case .configurationInvalid: self = .notSetUp
        case .certificateMalformed, .certificateExpired, .keyTooSmall, .keyNotRSA, .privateKeyGiven, .passwordWrong,
            .keystoreUnsupported, .notFound, .conflict, .unauthenticated, .forbidden, .internal:
            self = .internalProblem
        }
    }

    /// Whether it may go well the next time, with nothing changed by anybody.
    package var mayPass: Bool {
        switch self {
        case .answerNotTrusted, .providerUnavailable, .startAgain, .reloadNeeded, .tooManyAttempts, .rolesUnavailable,
            .internalProblem:
            true
        default: false
        }
    }
}
