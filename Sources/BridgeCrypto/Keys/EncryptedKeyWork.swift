internal import BridgeCore
internal import COpenSSL

/// How much work an encrypted private key asks for, so that a hostile file cannot keep a command busy for hours.
enum EncryptedKeyWork {
    /// Throws `keystore_unsupported` where the encrypted PKCS#8 key in `bytes`, PEM or DER, announces more than `limit`
    /// iterations; whatever else is wrong with it is told when it is opened.
    static func check(_ bytes: [UInt8], isPEM: Bool, limit: Int, source: String) throws(CryptoError) {
        guard let sealed = sealed(bytes, isPEM: isPEM) else { return }
        defer { X509_SIG_free(sealed) }
        var algorithm: UnsafePointer<X509_ALGOR>?
        X509_SIG_get0(sealed, &algorithm, nil)
        guard let algorithm, let iterations = PBEAlgorithm.work(of: algorithm) else { return }
        var budget = KeyDerivationBudget(limit: limit)
        try budget.spend(iterations, source: source)
    }

    /// An EncryptedPrivateKeyInfo (RFC 5958 §3) that the caller owns.
    private static func sealed(_ bytes: [UInt8], isPEM: Bool) -> OpaquePointer? {
        defer { ErrorQueue.clear() }
        return bytes.span.bytes.withUnsafeBytes { raw in
            guard isPEM else {
                var start = raw.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return d2i_X509_SIG(nil, &start, raw.count)
            }
            guard let bio = try? MemoryBIO(reading: raw) else { return nil }
            return bio.withPointer { PEM_read_bio_PKCS8($0, nil, { _, _, _, _ in -1 }, nil) }
        }
    }
}
