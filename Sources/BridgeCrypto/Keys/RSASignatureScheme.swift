internal import COpenSSL

/// How an RSA key signs a SHA-256 digest.
package enum RSASignatureScheme: Sendable, Hashable {
    /// RSASSA-PKCS1-v1_5: `RS256` (RFC 7518 §3.3).
    case pkcs1
    /// RSASSA-PSS with MGF1 of SHA-256 and a salt as long as the digest: `PS256` (RFC 7518 §3.5).
    case pss
}

extension RSASignatureScheme {
    /// Sets the padding of an EVP_PKEY_CTX that was initialized for signing.
    func configure(_ context: OpaquePointer) -> Bool {
        switch self {
        case .pkcs1: EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        case .pss:
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, OpenSSL.sha256) == 1
        }
    }
}
