internal import BridgeCore
internal import COpenSSL

extension RSAPublicKey {
    /// Whether `signature` is one of this key over `input`, made as `scheme` says with SHA-256.
    ///
    /// For places where speed does not matter: every call sets OpenSSL up anew.
    /// - Throws: `internal` when OpenSSL fails.
    package func isSignature(
        _ signature: [UInt8], over input: [UInt8], scheme: RSASignatureScheme
    ) throws(CryptoError) -> Bool {
        let digest = try SHA256Digest(of: input).bytes
        let context = try checked(.internal, "EVP_PKEY_CTX_new_from_pkey failed") {
            withPointer { EVP_PKEY_CTX_new_from_pkey(nil, $0, nil) }
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_verify_init(context) == 1, scheme.configure(context),
            EVP_PKEY_CTX_set_signature_md(context, OpenSSL.sha256) == 1
        else { throw CryptoError(.internal, "EVP_PKEY_verify_init failed", underlying: ErrorQueue.drain()) }
        defer { ErrorQueue.clear() }  // a bad signature leaves its reason there
        return EVP_PKEY_verify(context, signature, signature.count, digest, digest.count) == 1
    }
}
