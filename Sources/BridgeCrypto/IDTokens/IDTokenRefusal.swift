package import BridgeCore

/// Why an ID token was refused.
package enum IDTokenRefusal: Error, Sendable, Hashable {
    /// It is no compact JWS that asks for RS256 and no more, or its signature is not base64url.
    case form(TokenRefusal)
    case tooLarge(bytes: Int)
    case missing(String)
    /// A claim has the wrong type or an impossible value.
    case invalid(String, String)
    /// `iss` is not the issuer of the provider, or not of the tenant that `tid` names.
    case issuerUnknown(String, expected: String)
    /// The provider's set has no key of this name, also after it was read again.
    case keyUnknown(String?)
    /// The key is there, and may sign for another issuer only.
    case keyOfAnotherIssuer(String?, issuer: String)
    case signatureInvalid
    case expired(at: Timestamp, now: Timestamp)
    case notYetValid(String, at: Timestamp, now: Timestamp)
    /// `aud` does not hold the client id.
    case audienceMismatch([String])
    /// `aud` holds others besides, and `azp` does not say that it was issued to this client; or `azp` says another.
    case authorizedPartyMismatch(String?)
    /// `nonce` is the one of another sign-in.
    case nonceMismatch
    /// `at_hash` is the one of another access token.
    case accessTokenMismatch
    /// The person signed in to another tenant than the one that is connected.
    case tenantMismatch(GUID)
    /// The person signed in with a personal account, which belongs to no tenant.
    case personalAccount
}

extension IDTokenRefusal: ReasonedError {
    package var code: ReasonCode {
        switch self {
        case .form(let refusal): refusal.code
        case .tooLarge: .tokenTooLarge
        case .missing: .claimMissing
        case .invalid, .accessTokenMismatch: .claimInvalid
        case .issuerUnknown, .keyOfAnotherIssuer: .issuerUnknown
        case .keyUnknown: .keyUnknown
        case .signatureInvalid: .signatureInvalid
        case .expired: .tokenExpired
        case .notYetValid: .tokenNotYetValid
        case .audienceMismatch, .authorizedPartyMismatch: .audienceMismatch
        case .nonceMismatch: .stateInvalid
        case .tenantMismatch, .personalAccount: .tenantMismatch
        }
    }

    package var detail: String {
        switch self {
        case .form(let refusal): "the ID token: \(refusal.detail)"
        case .tooLarge(let bytes): "the ID token has \(bytes) bytes, at most \(UnverifiedIDToken.largestSize) are read"
        case .missing(let claim): "the ID token has no \(claim)"
        case .invalid(let claim, let why): "\(claim) of the ID token \(why)"
        case .issuerUnknown(let issuer, let expected):
            "iss of the ID token is \(quoted(issuer)), not \(quoted(expected))"
        case .keyUnknown(nil): "the ID token names no key, and the provider has several"
        case .keyUnknown(let keyID?): "kid \(quoted(keyID)) of the ID token names none of the provider's keys"
        case .keyOfAnotherIssuer(let keyID, let issuer):
            "the key \(quoted(keyID ?? "")) does not sign for the issuer \(quoted(issuer))"
        case .signatureInvalid: "the ID token was not signed by the key it names"
        case .expired(let time, let now): "exp of the ID token is \(time), and it is \(now)"
        case .notYetValid(let claim, let time, let now): "\(claim) of the ID token is \(time), and it is \(now)"
        case .audienceMismatch(let audiences):
            "aud of the ID token is \(quoted(audiences.joined(separator: ", "))), not the client id"
        case .authorizedPartyMismatch(nil): "aud of the ID token names others besides the client, and azp is missing"
        case .authorizedPartyMismatch(let party?): "azp of the ID token is \(quoted(party)), not the client id"
        case .nonceMismatch: "nonce of the ID token belongs to another sign-in"
        case .accessTokenMismatch: "at_hash of the ID token belongs to another access token"
        case .tenantMismatch(let tenant): "the account belongs to the Entra tenant \(tenant), which is not connected"
        case .personalAccount: "a personal Microsoft account belongs to no Entra tenant"
        }
    }

    package var hint: String? {
        switch self {
        case .tenantMismatch, .personalAccount: "sign in with the work account of the connected tenant"
        case .expired, .notYetValid: "check the clock of the machine that the bridge runs on"
        case .nonceMismatch: "start the sign-in again, in one browser window"
        case .audienceMismatch: "compare the client id of the connection with the one of the app registration"
        default: "start the sign-in again; if it lasts, the operator of the bridge finds more in the log"
        }
    }
}
