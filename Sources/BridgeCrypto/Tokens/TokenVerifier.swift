public import BridgeCore
internal import COpenSSL

/// Verifies RS256 tokens at the speed of the RSA operation: OpenSSL's contexts are made once and used again.
///
/// One for each thread or actor: it is not `Sendable`, and the compiler sees to it. Keys are shared between any number.
public final class TokenVerifier {
    private let hasher: SHA256Hasher
    private var contexts = RecentMap<ObjectIdentifier, VerificationContext>(capacity: 4096)
    private var latest: VerificationContext?

    /// - Throws: `internal` when OpenSSL offers no SHA-256.
    public init() throws(CryptoError) {
        hasher = try SHA256Hasher()
    }

    /// Verifies `token` with the keys and rules of its tenant.
    ///
    /// Times and lifetime come before the signature, so that a stale token costs no RSA operation.
    /// - Throws: `token_expired`, `token_not_yet_valid`, `claim_invalid`, `issuer_unknown`, `token_lifetime_exceeded`,
    ///   `key_unknown`, `token_malformed` (the signature's encoding), `signature_invalid`, `key_retired`.
    public func verify(
        _ token: consuming UnverifiedToken, keys: TokenKeySet, rules: TokenRules = .standard, now: Timestamp
    ) throws(TokenRefusal) -> VerifiedToken {
        try rules.judgeTimes(token.claims, now: now)
        try keys.checkIssuer(token.claims, in: token.jws.storage.span)
        try rules.judgeLifetime(token.claims)
        let candidates = try keys.candidates(token.jws.header, in: token.jws.storage.span)
        switch signer(of: token.jws, among: candidates) {
        case .key(let key):
            // Said only to whoever has the key, and to him rather than that nobody knows it.
            if let end = key.refusedFrom, end <= now { throw .keyRetired(keyID: key.shownName, since: end) }
            return VerifiedToken(token, signedBy: key)
        case .nobody: throw .signatureInvalid
        case .notCanonical: throw .malformed(.signature, .encoding)
        }
    }

    /// SHA-256 of a compact serialization: what `VerifiedTokenCache` knows a token by, and how a token is named in revocations.
    public func digest(_ compact: Span<UInt8>) throws(CryptoError) -> SHA256Digest {
        try compact.bytes.withUnsafeBytes { raw throws(CryptoError) in try hasher.digest(raw) }
    }

    /// Whether `signature` is one of `key` over `input`, whatever that says (RFC 8017 §8.2.2).
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package func isSignature(
        _ signature: Span<UInt8>, over input: Span<UInt8>, by key: RSAPublicKey
    ) throws(CryptoError) -> Bool {
        let digest = try digest(input)
        return signature.bytes.withUnsafeBytes { isSignature($0, of: digest, by: key) }
    }

    /// Who made a signature.
    enum Signer<Key: VerificationKey> {
        case key(Key)
        case nobody
        /// The signature is not canonical base64url.
        case notCanonical
    }

    /// The first of `candidates` that made the signature of `jws`.
    func signer<Key: VerificationKey>(of jws: CompactJWS, among candidates: [Key]) -> Signer<Key> {
        jws.withDecodedSignature { signature in
            guard let signature else { return .notCanonical }
            let digest = jws.storage.withUnsafeBytes { bytes in
                try? hasher.digest(UnsafeRawBufferPointer(rebasing: bytes[jws.parts.signingInput]))
            }
            guard let digest else { return .nobody }
            for candidate in candidates where isSignature(signature, of: digest, by: candidate.key) {
                return .key(candidate)
            }
            return .nobody
        }
    }

    private func isSignature(
        _ signature: UnsafeRawBufferPointer, of digest: SHA256Digest, by key: RSAPublicKey
    ) -> Bool {
        guard signature.count == key.signatureSize, let context = try? context(for: key) else { return false }
        return context.isSignature(signature, of: digest)
    }

    private func context(for key: RSAPublicKey) throws(CryptoError) -> VerificationContext {
        if let latest, latest.key === key { return latest }
        let context: VerificationContext
        if let known = contexts.value(for: ObjectIdentifier(key)) {
            context = known
        } else {
            context = try VerificationContext(key)
            contexts.insert(context, for: ObjectIdentifier(key))
        }
        latest = context
        return context
    }
}

/// A public key with what else is known about it.
protocol VerificationKey {
    var key: RSAPublicKey { get }
}

/// A key with an EVP_PKEY_CTX that is ready to verify PKCS#1 v1.5 signatures of SHA-256 digests.
private final class VerificationContext {
    let key: RSAPublicKey  // kept, so that its identity stays its own while the context is listed under it
    private let pointer: OpaquePointer  // EVP_PKEY_CTX, owned: freed in deinit

    init(_ key: RSAPublicKey) throws(CryptoError) {
        let digest = try checked(.internal, "OpenSSL offers no SHA-256") { OpenSSL.sha256 }
        let pointer = try checked(.internal, "EVP_PKEY_CTX_new_from_pkey failed") {
            key.withPointer { EVP_PKEY_CTX_new_from_pkey(nil, $0, nil) }
        }
        guard EVP_PKEY_verify_init(pointer) == 1,
            EVP_PKEY_CTX_set_rsa_padding(pointer, RSA_PKCS1_PADDING) == 1,
            EVP_PKEY_CTX_set_signature_md(pointer, digest) == 1
        else {
            EVP_PKEY_CTX_free(pointer)
            throw CryptoError(.internal, "EVP_PKEY_verify_init failed", underlying: ErrorQueue.drain())
        }
        self.key = key
        self.pointer = pointer
    }

    deinit {
        EVP_PKEY_CTX_free(pointer)
    }

    func isSignature(_ signature: UnsafeRawBufferPointer, of digest: SHA256Digest) -> Bool {
        let isValid = withUnsafeBytes(of: digest.words) { digest in
            EVP_PKEY_verify(
                pointer, signature.baseAddress?.assumingMemoryBound(to: UInt8.self), signature.count,
                digest.baseAddress?.assumingMemoryBound(to: UInt8.self), digest.count) == 1
        }
        if !isValid { ErrorQueue.clear() }  // a bad signature leaves its reason there
        return isValid
    }
}
