internal import BridgeCore
internal import COpenSSL

/// PKCS#8 private keys (RFC 5208), the form in which both kinds of keystore keep them.
enum PrivateKeyInfo {
    /// An EVP_PKEY that the caller owns, from DER that is one PrivateKeyInfo and nothing more; `nil` otherwise.
    static func key(_ der: UnsafeRawBufferPointer) -> OpaquePointer? {
        defer { ErrorQueue.clear() }
        guard let base = der.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
        var position: UnsafePointer<UInt8>? = base
        guard let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &position, der.count) else { return nil }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }  // wipes the key in it
        guard position == base + der.count else { return nil }
        return EVP_PKCS82PKEY(info)
    }

    /// The PrivateKeyInfo of a key, DER.
    static func der(of key: RSAPrivateKey) throws(CryptoError) -> WipedBytes {
        let info = try checked(.internal, "EVP_PKEY2PKCS8 failed") { key.withPointer { EVP_PKEY2PKCS8($0) } }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        var bytes = WipedBytes(count: Int(max(0, i2d_PKCS8_PRIV_KEY_INFO(info, nil))))
        let written = bytes.withMutableBytes { buffer in
            var position = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return i2d_PKCS8_PRIV_KEY_INFO(info, &position)
        }
        guard written == bytes.count else { throw CryptoError(.internal, "i2d_PKCS8_PRIV_KEY_INFO failed") }
        return bytes
    }
}
