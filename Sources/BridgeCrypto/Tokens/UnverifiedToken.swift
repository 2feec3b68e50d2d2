public import BridgeCore

/// A compact JWS that has the form of an agent token, and that nobody has verified: do not act on what it says.
///
/// Making one checks, in this order: size and dots (before anything is allocated), base64url of header and payload, the
/// header's JSON, `alg`, `crit`, the payload's JSON, the types of the claims, the presence of the required ones, and
/// the audience. The signature is decoded by the verifier, once everything else has passed.
public struct UnverifiedToken: Sendable {
    /// The longest token that is read, in bytes.
    public static let largestSize = 8192

    /// The compact serialization, then header and payload decoded: one allocation a token.
    let storage: [UInt8]
    let parts: Parts
    let header: TokenHeader
    let claims: TokenClaims

    /// Reads `compact`.
    ///
    /// - Throws: `token_too_large`, `token_malformed`, `algorithm_not_allowed`, `critical_header_unsupported`,
    ///   `claim_invalid`, `claim_missing`, `audience_mismatch`.
    public init(_ compact: Span<UInt8>) throws(TokenRefusal) {
        guard compact.count <= Self.largestSize else { throw .tooLarge(bytes: compact.count) }
        let parts = try Parts(compact)
        // Zeros first cost less than the generic way to an uninitialized array.
        var storage = [UInt8](repeating: 0, count: parts.storageSize)
        let invalid = storage.withUnsafeMutableBufferPointer { parts.decode(compact, into: $0) }
        if let invalid { throw .malformed(invalid, .encoding) }
        let bytes = storage.span
        let encodedHeader = JSONText(range: parts.encodedHeader, hasEscapes: false)
        if let common = TokenHeader(common: encodedHeader, in: bytes) {
            header = common
        } else {
            header = try TokenHeader(bytes, in: parts.header)
        }
        claims = try ClaimsReader.read(bytes, in: parts.payload)
        self.storage = storage
        self.parts = parts
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
    /// Lends the decoded signature, on the stack; `nil` when it is not canonical base64url.
    func withDecodedSignature<Result>(_ body: (UnsafeRawBufferPointer?) -> Result) -> Result {
        let range = parts.encodedSignature
        let count = Base64URL.decodedCount(ofCharacters: range.count) ?? 0
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: count) { buffer in
            var output = OutputSpan(buffer: buffer, initializedCount: 0)
            let isValid = Base64URL.decode(storage.span, range, into: &output)
            _ = output.finalize(for: buffer)
            return body(isValid ? UnsafeRawBufferPointer(buffer) : nil)
        }
    }

    /// The text of a claim that is not among those read at first; `nil` without it, and where it is no string.
    func text(ofClaim wanted: StaticString) throws(JSONError) -> String? {
        let bytes = storage.span
        var reader = JSONReader(bytes, in: parts.payload)
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
    package var compact: [UInt8] { Array(storage[..<parts.end]) }

    /// The license the token claims to be for: where to look for keys, nothing more.
    public var unverifiedIssuer: String { claims.issuer.string(in: storage.span) }

    /// The address the token claims to speak of: something to search by, nothing more.
    public var unverifiedSubject: String { claims.subject.string(in: storage.span) }

    /// The key the token asks to be verified with.
    public var unverifiedKeyID: String? { header.keyID?.string(in: storage.span) }

    /// The header as JSON text.
    public var unverifiedHeader: [UInt8] { Array(storage[parts.header]) }

    /// The payload as JSON text.
    public var unverifiedPayload: [UInt8] { Array(storage[parts.payload]) }
}
