package import BridgeCrypto

/// Opens the private halves of the bridge's signing keys.
package protocol PrivateSigningKeys: Sendable {
    /// The private half of a stored key.
    ///
    /// - Throws: `password_wrong` when the master key is another one than the one it was sealed with.
    func privateKey(of key: StoredSigningKey) throws(CryptoError) -> RSAPrivateKey
}
