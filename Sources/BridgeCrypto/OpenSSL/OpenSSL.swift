internal import BridgeCore
internal import COpenSSL

/// What the module asks OpenSSL for once a process.
enum OpenSSL {
    /// SHA-256, fetched once: a fetch for every token would cost more than the hash (EVP_MD, never freed).
    ///
    /// Written once before anybody reads it; an EVP_MD never changes.
    nonisolated(unsafe) static let sha256: OpaquePointer? = {
        initialize
        return EVP_MD_fetch(nil, "SHA256", nil)
    }()

    /// SHA-1 for Java's keystores, fetched once in the same way (EVP_MD, never freed).
    nonisolated(unsafe) static let sha1: OpaquePointer? = {
        initialize
        return EVP_MD_fetch(nil, "SHA1", nil)
    }()

    /// A library context without a single algorithm (OSSL_LIB_CTX, never freed); `nil` where there can be none.
    ///
    /// OpenSSL 3.0 decodes the key in a certificate whenever it reads one, and looks for somebody who can for a tenth
    /// of a millisecond. Here it finds nobody.
    nonisolated(unsafe) static let readingContext: OpaquePointer? = {
        initialize
        guard let context = OSSL_LIB_CTX_new() else { return nil }
        // Any provider that was loaded by name keeps the default one from being loaded with the first search.
        guard OSSL_PROVIDER_load(context, "null") == nil else { return context }
        OSSL_LIB_CTX_free(context)
        return nil
    }()

    /// Starts libcrypto without reading a configuration file, whose providers and engines could change what a
    /// signature means.
    static let initialize: Void = {
        _ = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_LOAD_CONFIG), nil)
    }()
}

/// Random bytes fit for keys and identifiers.
public enum SecureRandom {
    /// `count` bytes of OpenSSL's generator (RAND_bytes).
    ///
    /// - Throws: `internal` when the system has no entropy to give.
    public static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        OpenSSL.initialize
        var bytes = [UInt8](repeating: 0, count: count)
        try checkedStatus("RAND_bytes") { RAND_bytes(&bytes, Int32(clamping: count)) }
        return bytes
    }
}
