internal import BridgeCore

/// A certificate that an authorization server knows a client by, and the private key that belongs to it.
package struct ClientCertificate: Sendable {
    package let certificate: Certificate
    let key: RSAPrivateKey
    /// What assertions are signed with: `.pss` with `x5t#S256`, for older registrations `.pkcs1` with `x5t`.
    package let scheme: RSASignatureScheme

    /// - Throws: `certificate_malformed` when the key is not the certificate's, `key_not_rsa`, `key_too_small`.
    package init(_ certificate: Certificate, key: RSAPrivateKey, scheme: RSASignatureScheme = .pss) throws(CryptoError)
    {
        guard try certificate.publicKey() == key.publicKey else {
            throw CryptoError(
                .certificateMalformed, "the private key does not belong to the certificate",
                hint: "give the key that the certificate was made for")
        }
        self.certificate = certificate
        self.key = key
        self.scheme = scheme
    }

    private init(_ other: ClientCertificate, _ scheme: RSASignatureScheme) {
        certificate = other.certificate
        key = other.key
        self.scheme = scheme
    }

    /// The same, with assertions that are signed by another scheme.
    package func signing(by scheme: RSASignatureScheme) -> ClientCertificate { ClientCertificate(self, scheme) }
}
