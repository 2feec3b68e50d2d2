internal import BridgeCore
internal import COpenSSL

/// Writes PKCS#12 files that Java 8u301 and later, OpenSSL 1.1 and later and Windows Server 2019 and later read: AES-256-CBC
/// with PBKDF2 and HMAC-SHA-256, and a check value with SHA-256.
enum PKCS12Writer {
    /// How often the password is hashed; Java takes 10 000 for its own files and reads up to 5 000 000.
    static let iterations: Int32 = 100_000

    /// One private key with its chain under `alias`; `password` has no NUL in it.
    static func file(
        _ alias: String, _ key: RSAPrivateKey, chain: [Certificate], password: Secret
    ) throws(CryptoError) -> [UInt8] {
        let phrase = PKCS12Phrase.text(Secret(terminated(password)))
        let others = try stack(of: chain.dropFirst())
        defer { OPENSSL_sk_free(others) }  // not its elements, which are the certificates' own
        let file = try checked(.internal, "PKCS12_create failed") {
            phrase.withPointer { text, _ in
                key.withPointer { key in
                    // With its key: PKCS12_create looks whether the two belong together.
                    chain.first?.withKeyDecoded { first in
                        PKCS12_create(
                            text, alias, key, first, others, NID_aes_256_cbc, NID_aes_256_cbc, iterations, -1, 0)
                    }
                }
            }
        }
        defer { PKCS12_free(file) }
        try checkedStatus("PKCS12_set_mac") {
            phrase.withPointer { PKCS12_set_mac(file, $0, $1 - 1, nil, 16, iterations, EVP_sha256()) }
        }
        let bio = try MemoryBIO()
        try checkedStatus("i2d_PKCS12_bio") { bio.withPointer { i2d_PKCS12_bio($0, file) } }
        return bio.contents
    }

    private static func terminated(_ password: Secret) -> [UInt8] {
        password.withBytes { bytes in bytes.indices.map { bytes[$0] } + [0] }
    }

    private static func stack(of certificates: ArraySlice<Certificate>) throws(CryptoError) -> OpaquePointer {
        let stack = try checked(.internal, "OPENSSL_sk_new_null failed") { OPENSSL_sk_new_null() }
        for certificate in certificates {
            certificate.withPointer { _ = OPENSSL_sk_push(stack, UnsafeRawPointer($0)) }
        }
        return stack
    }
}
