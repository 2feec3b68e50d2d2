internal import BridgeCore

/// A compact JWS that has the form of an ID token, and that nobody has verified: do not act on what it says.
package struct UnverifiedIDToken: Sendable {
    /// The longest ID token that is read, in bytes: with the 200 groups Entra writes one has some 14,000.
    package static let largestSize = 32_768

    let jws: CompactJWS
    let claims: IDTokenClaims

    /// Reads `compact`.
    ///
    /// - Throws: `token_too_large`, `token_malformed`, `algorithm_not_allowed`, `critical_header_unsupported`,
    ///   `claim_invalid`, `claim_missing`.
    package init(_ compact: Span<UInt8>) throws(IDTokenRefusal) {
        guard compact.count <= Self.largestSize else { throw .tooLarge(bytes: compact.count) }
        do throws(TokenRefusal) {
            jws = try CompactJWS(compact)
        } catch {
            throw .form(error)
        }
        claims = try IDTokenClaims(try Self.payload(of: jws))
    }

    private static func payload(of jws: CompactJWS) throws(IDTokenRefusal) -> JSONValue {
        let payload: JSONValue
        do throws(JSONError) {
            payload = try JSONValue(parsing: jws.storage[jws.parts.payload])
        } catch {
            throw .form(.malformed(.payload, .json(error)))
        }
        guard payload.objectValue != nil else { throw .form(.malformed(.payload, .notAnObject)) }
        return payload
    }

    /// The key the token asks to be verified with: something to look up, nothing more.
    package var unverifiedKeyID: String? { jws.header.keyID?.string(in: jws.storage.span) }

    /// The tenant the token claims to come from: something to look keys up by, nothing more.
    package var unverifiedTenantID: String? { claims.tenantID }
}
