public import BridgeCore

/// A compact JWS that has the form of an agent token, and that nobody has verified: do not act on what it says.
///
/// Making one checks, in this order: size and dots (before anything is allocated), base64url of header and payload, the
/// header's JSON, `alg`, `crit`, the payload's JSON, the types of the claims, the presence of the required ones, and
/// the audience. The signature is decoded by the verifier, once everything else has passed.
public struct UnverifiedToken: Sendable {
    /// The longest token that is read, in bytes.
    public static let largestSize = 8192

    let jws: CompactJWS
    let claims: TokenClaims

    /// Reads `compact`.
    ///
    /// - Throws: `token_too_large`, `token_malformed`, `algorithm_not_allowed`, `critical_header_unsupported`,
    ///   `claim_invalid`, `claim_missing`, `audience_mismatch`.
    public init(_ compact: Span<UInt8>) throws(TokenRefusal) {
        guard compact.count <= Self.largestSize else { throw .tooLarge(bytes: compact.count) }
        let jws = try CompactJWS(compact)
        claims = try ClaimsReader.read(jws.storage.span, in: jws.parts.payload)
        self.jws = jws
    }

    /// Reads `compact`, as the other initializer does.
    public init(_ compact: String) throws(TokenRefusal) {
        try self.init(compact.utf8.span)
    }

    /// Judges `exp`, `nbf` and `iat` at `now`: `token_expired`, `token_not_yet_valid`, `claim_invalid`.
    public func checkTimes(_ rules: TokenRules = .standard, now: Timestamp) throws(TokenRefusal) {
        try rules.judgeTimes(claims, now: now)
    }
}

extension UnverifiedToken {
    /// The text of a claim that is not among those read at first; `nil` without it, and where it is no string.
    func text(ofClaim wanted: StaticString) throws(JSONError) -> String? {
        let bytes = jws.storage.span
        var reader = JSONReader(bytes, in: jws.parts.payload)
        var names = JSONMemberNames()
        var text: JSONText?
        try reader.beginObject()
        while let name = try reader.nextMember(&names) {
            if name.text.equals(wanted, in: bytes), let string = try reader.stringIfNext() {
                text = string
            } else {
                _ = try reader.skipValue(depth: 2)
            }
        }
        return text?.string(in: bytes)
    }

    /// The compact serialization it was read from.
    package var compact: [UInt8] { Array(jws.storage[..<jws.parts.end]) }

    /// The license the token claims to be for: where to look for keys, nothing more.
    public var unverifiedIssuer: String { claims.issuer.string(in: jws.storage.span) }

    /// The address the token claims to speak of: something to search by, nothing more.
    public var unverifiedSubject: String { claims.subject.string(in: jws.storage.span) }

    /// The key the token asks to be verified with.
    public var unverifiedKeyID: String? { jws.header.keyID?.string(in: jws.storage.span) }

    /// The header as JSON text.
    public var unverifiedHeader: [UInt8] { Array(jws.storage[jws.parts.header]) }

    /// The payload as JSON text.
    public var unverifiedPayload: [UInt8] { Array(jws.storage[jws.parts.payload]) }
}
