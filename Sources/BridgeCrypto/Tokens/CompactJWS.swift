internal import BridgeCore

/// A compact JWS (RFC 7515 §7.1) whose header asks for RS256 and nothing that is not understood; nobody has verified it.
///
/// Agent tokens and ID tokens are read by it alike: dots (before anything is allocated), base64url of header and
/// payload, the header's JSON, `alg`, `crit`. The payload is whoever's who reads its claims, the signature the verifier's.
struct CompactJWS: Sendable {
    /// The compact serialization, then header and payload decoded: one allocation a token.
    let storage: [UInt8]
    let parts: Parts
    let header: TokenHeader

    /// - Parameter compact: no longer than the caller's limit, which is the first thing to judge.
    /// - Throws: `token_malformed`, `algorithm_not_allowed`, `critical_header_unsupported`.
    init(_ compact: Span<UInt8>) throws(TokenRefusal) {
        let parts = try Parts(compact)
        // Zeros first cost less than the generic way to an uninitialized array.
        var storage = [UInt8](repeating: 0, count: parts.storageSize)
        let invalid = storage.withUnsafeMutableBufferPointer { parts.decode(compact, into: $0) }
        if let invalid { throw .malformed(invalid, .encoding) }
        let encodedHeader = JSONText(range: parts.encodedHeader, hasEscapes: false)
        if let common = TokenHeader(common: encodedHeader, in: storage.span) {
            header = common
        } else {
            header = try TokenHeader(storage.span, in: parts.header)
        }
        self.storage = storage
        self.parts = parts
    }

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
}
