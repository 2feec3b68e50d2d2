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
