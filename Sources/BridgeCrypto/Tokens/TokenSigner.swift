internal import BridgeCore
internal import COpenSSL

/// Signs RS256 tokens with one key; OpenSSL's context is made once and used again.
///
/// One for each thread or actor, like `TokenVerifier`; the key may be shared.
public final class TokenSigner {
    private let key: RSAPrivateKey
    private let hasher: SHA256Hasher
    private let context: OpaquePointer  // EVP_PKEY_CTX, owned: freed in deinit
    /// The encoded header and the dot behind it: the same for every token.
    private let prefix: [UInt8]

    /// - Parameter keyID: the `kid` to write; `nil` writes none, which Cobrowse's own settings page expects.
    /// - Throws: `internal`.
    public init(_ key: RSAPrivateKey, keyID: String? = nil) throws(CryptoError) {
        let digest = try checked(.internal, "OpenSSL offers no SHA-256") { OpenSSL.sha256 }
        let hasher = try SHA256Hasher()
        let context = try checked(.internal, "EVP_PKEY_CTX_new_from_pkey failed") {
            key.withPointer { EVP_PKEY_CTX_new_from_pkey(nil, $0, nil) }
        }
        guard EVP_PKEY_sign_init(context) == 1,
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1,
            EVP_PKEY_CTX_set_signature_md(context, digest) == 1
        else {
            EVP_PKEY_CTX_free(context)
            throw CryptoError(.internal, "EVP_PKEY_sign_init failed", underlying: ErrorQueue.drain())
        }
        self.key = key
        self.hasher = hasher
        self.prefix = Self.prefix(keyID: keyID)
        self.context = context
    }

    deinit {
        EVP_PKEY_CTX_free(context)
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
        let signature = try signature(over: token.span)
        token.append(UInt8(ascii: "."))
        Base64URL.encode(signature.span, appendingTo: &token)
        return String(decoding: token, as: UTF8.self)
    }

    /// The signature over `input`, whatever that says (RSASSA-PKCS1-v1_5 with SHA-256, RFC 8017 §8.2.1).
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package func signature(over input: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        try signature(of: input.bytes.withUnsafeBytes { raw throws(CryptoError) in try hasher.digest(raw) })
    }

    private func signature(of digest: SHA256Digest) throws(CryptoError) -> [UInt8] {
        var failed = false
        let signature = [UInt8](unsafeUninitializedCapacity: key.publicKey.signatureSize) { buffer, initialized in
            var count = buffer.count
            let status = withUnsafeBytes(of: digest.words) { digest in
                EVP_PKEY_sign(
                    context, buffer.baseAddress, &count, digest.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    digest.count)
            }
            failed = status != 1
            initialized = failed ? 0 : count
        }
        if failed { throw CryptoError(.internal, "EVP_PKEY_sign failed", underlying: ErrorQueue.drain()) }
        return signature
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
