internal import BridgeCore
internal import COpenSSL

/// A private key with an EVP_PKEY_CTX that is ready to sign SHA-256 digests, again and again; for one thread at a time.
struct RSASigningContext: ~Copyable {
    private let key: RSAPrivateKey
    private let hasher: SHA256Hasher
    private let pointer: OpaquePointer  // EVP_PKEY_CTX, owned: freed in deinit

    /// - Throws: `internal`.
    init(_ key: RSAPrivateKey, _ scheme: RSASignatureScheme) throws(CryptoError) {
        let digest = try checked(.internal, "OpenSSL offers no SHA-256") { OpenSSL.sha256 }
        let hasher = try SHA256Hasher()
        let pointer = try checked(.internal, "EVP_PKEY_CTX_new_from_pkey failed") {
            key.withPointer { EVP_PKEY_CTX_new_from_pkey(nil, $0, nil) }
        }
        guard EVP_PKEY_sign_init(pointer) == 1, scheme.configure(pointer),
            EVP_PKEY_CTX_set_signature_md(pointer, digest) == 1
        else {
            EVP_PKEY_CTX_free(pointer)
            throw CryptoError(.internal, "EVP_PKEY_sign_init failed", underlying: ErrorQueue.drain())
        }
        self.key = key
        self.hasher = hasher
        self.pointer = pointer
    }

    deinit {
        EVP_PKEY_CTX_free(pointer)
    }

    /// The signature over `input`, whatever that says.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    func signature(over input: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        try signature(of: input.bytes.withUnsafeBytes { raw throws(CryptoError) in try hasher.digest(raw) })
    }

    private func signature(of digest: SHA256Digest) throws(CryptoError) -> [UInt8] {
        var failed = false
        let signature = [UInt8](unsafeUninitializedCapacity: key.publicKey.signatureSize) { buffer, initialized in
            var count = buffer.count
            let status = withUnsafeBytes(of: digest.words) { digest in
                EVP_PKEY_sign(
                    pointer, buffer.baseAddress, &count, digest.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    digest.count)
            }
            failed = status != 1
            initialized = failed ? 0 : count
        }
        if failed { throw CryptoError(.internal, "EVP_PKEY_sign failed", underlying: ErrorQueue.drain()) }
        return signature
    }
}
