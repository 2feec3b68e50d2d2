package import BridgeCrypto

extension KeyMaterial {
    /// What an entry of a keystore is trusted by: the public key of its own certificate.
    ///
    /// Those that vouch for it are nobody's who signs tokens, and the private key is not looked at.
    /// - Parameter source: what the keystore is called in errors.
    /// - Throws: `certificate_malformed` for an entry without a certificate, `key_not_rsa`, `key_too_small`.
    package init(of entry: KeystoreEntry, source: String) throws(CryptoError) {
        self.init(key: try entry.publicKey(source: source), certificate: entry.certificate, declaredKeyID: nil)
    }
}
