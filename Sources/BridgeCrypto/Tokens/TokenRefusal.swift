public import BridgeCore

/// Why a token was refused; made without allocating on the common paths, and put into words only when asked.
public enum TokenRefusal: Error, Sendable, Hashable {
    /// Not a compact JWS of three parts with JSON in the first two (RFC 7515 §7.1).
    case malformed(Part, Defect)
    /// Longer than 8 KiB.
    case tooLarge(bytes: Int)
    /// `alg` is not `RS256`.
    case algorithmNotAllowed(String?)
    /// The header has a `crit` member (RFC 7515 §4.1.11): nothing in it is understood here.
    case criticalHeaderUnsupported
    /// No key is left to verify with.
    case keyUnknown(keyID: String?)
    /// The key that signed it is not accepted any more: retired, or too long after the end of its certificate.
    case keyRetired(keyID: String, since: Timestamp)
    /// No candidate key made this signature.
    case signatureInvalid
    /// `exp` is not after now.
    case expired(at: Int64, now: Int64)
    /// `iat` or `nbf` lies more than the allowed skew ahead.
    case notYetValid(Claim, at: Int64, now: Int64)
    /// `exp` − `iat` is above the tenant's ceiling.
    case lifetimeExceeded(seconds: Int64, ceiling: Int64)
    /// A required claim is absent.
    case missing(Claim)
    /// A claim has the wrong type or an impossible value.
    case invalid(Claim, String)
    /// `aud` is not exactly the expected audience.
    case audienceMismatch(String)
    /// Nobody knows the issuer.
    case issuerUnknown(String)
    /// It was revoked.
    case revoked

    /// A part of the token.
    public enum Part: String, Sendable, Hashable {
        case token, header, payload, signature
    }

    /// What is wrong with a part.
    public enum Defect: Sendable, Hashable {
        /// Fewer than two dots.
        case tooFewDots
        /// More than two dots, as a JWE has them (RFC 7516 §7.1).
        case tooManyDots
        /// Nothing between the dots.
        case empty
        /// Not canonical base64url without padding.
        case encoding
        /// Not JSON as `JSONReader` reads it.
        case json(JSONError)
        /// JSON, but not an object.
        case notAnObject
        /// A header member that must be text is not.
        case member(String)
    }

    /// The claims a verifier looks at.
    public enum Claim: String, Sendable, Hashable {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case expiration = "exp"
        case issuedAt = "iat"
        case notBefore = "nbf"
        case tokenID = "jti"
        case displayName
        case role
        case policy
        case salesforce
        case emailVerified = "salesforce.emailVerified"
    }
}

extension TokenRefusal: ReasonedError {
    public var code: ReasonCode {
        switch self {
        case .malformed: .tokenMalformed
        case .tooLarge: .tokenTooLarge
        case .algorithmNotAllowed: .algorithmNotAllowed
        case .criticalHeaderUnsupported: .criticalHeaderUnsupported
        case .keyUnknown: .keyUnknown
        case .keyRetired: .keyRetired
        case .signatureInvalid: .signatureInvalid
        case .expired: .tokenExpired
        case .notYetValid: .tokenNotYetValid
        case .lifetimeExceeded: .tokenLifetimeExceeded
        case .missing: .claimMissing
        case .invalid: .claimInvalid
        case .audienceMismatch: .audienceMismatch
        case .issuerUnknown: .issuerUnknown
        case .revoked: .tokenRevoked
        }
    }

    public var detail: String {
        switch self {
        case .malformed(let part, let defect): "the \(part.rawValue) \(defect.words)"
        case .tooLarge(let bytes): "the token has \(bytes) bytes, at most \(UnverifiedToken.largestSize) are read"
        case .algorithmNotAllowed(nil): "the header has no alg, only \"RS256\" is accepted"
        case .algorithmNotAllowed(let name?): "alg is \(quoted(name)), only \"RS256\" is accepted"
        case .criticalHeaderUnsupported: "the header has crit, and no critical extension is understood"
        case .keyUnknown(nil): "the token names no key, and no trusted key without a declared kid is left"
        case .keyUnknown(let keyID?): "kid \(quoted(keyID)) names none of the trusted keys"
        case .keyRetired(let keyID, let time): "the key \(quoted(keyID)) is not accepted since \(time)"
        case .signatureInvalid: "the signature was made by none of the trusted keys"
        case .expired(let time, let now): "exp is \(words(time)), \(now &- time) s before now"
        case .notYetValid(let claim, let time, let now):
            "\(claim.rawValue) is \(words(time)), \(time &- now) s after now"
        case .lifetimeExceeded(let seconds, let ceiling): "exp - iat is \(seconds) s, at most \(ceiling) s are allowed"
        case .missing(let claim): "\(claim.rawValue) is missing"
        case .invalid(let claim, let why): "\(claim.rawValue) \(why)"
        case .audienceMismatch(let audience): "aud is \(audience), not \"\(TokenRules.audience)\""
        case .issuerUnknown(let issuer): "iss is \(quoted(issuer)), which is no known license"
        case .revoked: "the token was revoked"
        }
    }

    public var hint: String? {
        switch self {
        case .malformed(.token, .tooFewDots), .malformed(.token, .tooManyDots):
            "expected is a compact JWS: three base64url parts with dots between them"
        case .algorithmNotAllowed, .criticalHeaderUnsupported:
            "sign with RS256 and no crit member"
        case .keyUnknown, .signatureInvalid:
            "import the certificate of the key that signs: cobrowse-sso cert import FILE --license L"
        case .keyRetired: "sign with the key that took its place, or import its certificate"
        case .expired: "sign a new token, and check the clock of the machine that signs"
        case .notYetValid: "check the clock of the machine that signs"
        case .lifetimeExceeded(let seconds, _) where seconds > 1_000_000_000_000:
            "iat and exp count seconds since 1970, not milliseconds"
        case .issuerUnknown: "iss has to be the license key from the Cobrowse account settings"
        case .missing(.emailVerified):
            "the signer has to say whether Salesforce has verified the user's e-mail address"
        default: nil
        }
    }
}

extension TokenRefusal.Defect {
    fileprivate var words: String {
        switch self {
        case .tooFewDots: "has fewer than two dots"
        case .tooManyDots: "has more than two dots, as an encrypted token (JWE) has"
        case .empty: "is empty"
        case .encoding: "is not canonical base64url without padding"
        case .json(let error): "is not acceptable JSON: \(error)"
        case .notAnObject: "is not a JSON object"
        case .member(let name): "has a member \(name) that is not text"
        }
    }
}

private func words(_ seconds: Int64) -> String {
    Timestamp(seconds: seconds).description
}
