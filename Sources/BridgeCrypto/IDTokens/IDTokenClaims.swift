package import BridgeCore

/// The claims of an ID token (OpenID Connect Core §2; ID token claims reference, Microsoft Learn).
package struct IDTokenClaims: Sendable, Hashable {
    package let issuer: String
    package let subject: String
    package let audiences: [String]
    /// `azp`: the client it was issued to, where that is not the only audience.
    package let authorizedParty: String?
    package let expiresAt: Timestamp
    package let issuedAt: Timestamp
    package let notBefore: Timestamp?
    package let nonce: String?
    /// `at_hash`.
    package let accessTokenHash: String?
    /// `tid`: the Entra tenant the person signed in to.
    package let tenantID: String?
    /// `oid`: the person in that tenant.
    package let objectID: String?
    /// `ver`.
    package let version: String?
    /// What may be shown and means nothing.
    package let display: IDTokenDisplay

    /// Reads the payload of a token.
    ///
    /// - Throws: `claim_invalid` for a claim of the wrong type, `claim_missing`.
    init(_ payload: JSONValue) throws(IDTokenRefusal) {
        let claims = Members(payload)
        issuer = try claims.required("iss")
        subject = try claims.required("sub")
        audiences = try claims.audiences()
        authorizedParty = try claims.text("azp")
        expiresAt = try claims.requiredTime("exp", roundingUp: false)
        issuedAt = try claims.requiredTime("iat", roundingUp: true)
        notBefore = try claims.time("nbf", roundingUp: true)
        nonce = try claims.text("nonce")
        accessTokenHash = try claims.text("at_hash")
        tenantID = try claims.text("tid")
        objectID = try claims.text("oid")
        version = try claims.text("ver")
        display = IDTokenDisplay(payload)
    }
}

/// Names and addresses that a person's own administrator can write as he likes: never an identity, never a proof.
package struct IDTokenDisplay: Sendable, Hashable {
    package let name: String?
    package let preferredUsername: String?
    package let email: String?

    /// Takes what is text; a display name of a strange type keeps nobody out.
    fileprivate init(_ payload: JSONValue) {
        name = payload["name"]?.stringValue
        preferredUsername = payload["preferred_username"]?.stringValue
        email = payload["email"]?.stringValue
    }
}

/// The members of a payload by type.
private struct Members {
    private let payload: JSONValue

    init(_ payload: JSONValue) {
        self.payload = payload
    }

    func text(_ name: String) throws(IDTokenRefusal) -> String? {
        guard let value = payload[name] else { return nil }
        guard let text = value.stringValue else { throw .invalid(name, "is not a string") }
        return text
    }

    func required(_ name: String) throws(IDTokenRefusal) -> String {
        guard let text = try text(name) else { throw .missing(name) }
        guard !text.isEmpty else { throw .invalid(name, "is empty") }
        return text
    }

    /// One string, or an array of them.
    func audiences() throws(IDTokenRefusal) -> [String] {
        switch payload["aud"] {
        case nil: throw .missing("aud")
        case .string(let audience)?: return [audience]
        case .array(let elements)?:
            let audiences = elements.compactMap(\.stringValue)
            guard audiences.count == elements.count else {
                throw .invalid("aud", "has an element that is not a string")
            }
            return audiences
        default: throw .invalid("aud", "is neither a string nor an array of strings")
        }
    }

    /// A NumericDate (RFC 7519 §2) in whole seconds; fractions are rounded to the stricter side.
    func time(_ name: String, roundingUp: Bool) throws(IDTokenRefusal) -> Timestamp? {
        switch payload[name] {
        case nil: return nil
        case .number(.integer(let seconds))?: return Timestamp(seconds: seconds)
        case .number(.fraction(let value))? where value.magnitude < 9_000_000_000_000_000:
            return Timestamp(seconds: Int64(roundingUp ? value.rounded(.up) : value.rounded(.down)))
        default: throw .invalid(name, "is no number of seconds since 1970")
        }
    }

    func requiredTime(_ name: String, roundingUp: Bool) throws(IDTokenRefusal) -> Timestamp {
        guard let time = try time(name, roundingUp: roundingUp) else { throw .missing(name) }
        return time
    }
}
