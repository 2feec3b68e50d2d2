internal import BridgeCore

/// Signs RS256 tokens with one key; OpenSSL's context is made once and used again.
///
/// One for each thread or actor, like `TokenVerifier`; the key may be shared.
public final class TokenSigner {
    private let context: RSASigningContext
    /// The encoded header and the dot behind it: the same for every token.
    private let prefix: [UInt8]

    /// - Parameter keyID: the `kid` to write; `nil` writes none, which Cobrowse's own settings page expects.
    /// - Throws: `internal`.
    public init(_ key: RSAPrivateKey, keyID: String? = nil) throws(CryptoError) {
        context = try RSASigningContext(key, .pkcs1)
        prefix = Self.prefix(keyID: keyID)
    }

    /// The compact serialization of a token with these claims.
    ///
    /// - Throws: `configuration_invalid` for an additional claim that the token has already, `internal` when OpenSSL
    ///   fails.
    public func sign(_ claims: AgentClaims) throws(CryptoError) -> String {
        if let name = claims.repeatedName {
            throw CryptoError(.configurationInvalid, "the claim \(quoted(name)) would stand in the token twice")
        }
        return try sign(claims.json)
    }

    private func sign(_ payload: [UInt8]) throws(CryptoError) -> String {
        var token = prefix
        Base64URL.encode(payload.span, appendingTo: &token)
        let signature = try context.signature(over: token.span)
        token.append(UInt8(ascii: "."))
        Base64URL.encode(signature.span, appendingTo: &token)
        return String(decoding: token, as: UTF8.self)
    }

    /// The signature over `input`, whatever that says (RSASSA-PKCS1-v1_5 with SHA-256, RFC 8017 §8.2.1).
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package func signature(over input: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        try context.signature(over: input)
    }

    private static func prefix(keyID: String?) -> [UInt8] {
        var header = JSONWriter(capacity: 96)
        header.object { writer in
            writer.member("alg", "RS256")
            writer.member("typ", "JWT")
            if let keyID { writer.member("kid", keyID) }
        }
        var prefix: [UInt8] = []
        Base64URL.encode(header.bytes.span, appendingTo: &prefix)
        prefix.append(UInt8(ascii: "."))
        return prefix
    }
}
