internal import BridgeCore

extension KeystoreEntry {
    /// The public key in the entry's own certificate; the private key is not looked at.
    ///
    /// - Parameter source: what the keystore is called in errors.
    /// - Throws: `certificate_malformed` for an entry without a certificate, `key_not_rsa`, `key_too_small`.
    public func publicKey(source: String) throws(CryptoError) -> RSAPublicKey {
        let name = "\(quoted(alias)) in \(source)"
        guard let certificate else {
            throw CryptoError(
                .certificateMalformed, "\(name) is a private key without a certificate",
                hint: "name an entry that has one, or give its public key as a file of its own")
        }
        return try certificate.publicKey(source: name)
    }
}
