package import BridgeCore

/// An RSA public key that verifies a tenant's tokens, as it is stored.
package struct TrustedKey: Sendable, Hashable {
    /// The RFC 7638 thumbprint of the key, base64url: the same key has the same id everywhere.
    package let id: String
    package let license: License
    /// A name an administrator gave it, fit by `KeyAlias`; unique within the tenant.
    package var alias: String?
    /// The `kid` the key itself declares (from a JWK or `--kid`); an alias is no declaration.
    package let declaredKeyID: String?
    /// SubjectPublicKeyInfo, DER.
    package let publicKey: [UInt8]
    /// The certificate it came in, DER; `nil` for a bare public key.
    package var certificate: [UInt8]?
    /// The certificate's validity, where there is one.
    package var notBefore: Timestamp?
    package var notAfter: Timestamp?
    /// When it was imported.
    package let importedAt: Timestamp

    package init(
        id: String, license: License, alias: String?, declaredKeyID: String?, publicKey: [UInt8],
        certificate: [UInt8]?, notBefore: Timestamp?, notAfter: Timestamp?, importedAt: Timestamp
    ) {
        self.id = id
        self.license = license
        self.alias = alias
        self.declaredKeyID = declaredKeyID
        self.publicKey = publicKey
        self.certificate = certificate
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.importedAt = importedAt
    }
}

/// A private key of the bridge itself, as it is stored: sealed with the master key.
package struct StoredSigningKey: Sendable, Hashable {
    /// The RFC 7638 thumbprint, which is also the `kid` of what it signs.
    package let id: String
    /// Its place in the rotation.
    package var state: State
    /// SubjectPublicKeyInfo, DER.
    package let publicKey: [UInt8]
    /// The PKCS#8 private key, encrypted (`SealedBox`) with the id as associated data.
    package let sealedPrivateKey: [UInt8]
    package let createdAt: Timestamp

    /// `next` is only published, `current` signs, `previous` is still accepted.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case next, current, previous
    }

    package init(id: String, state: State, publicKey: [UInt8], sealedPrivateKey: [UInt8], createdAt: Timestamp) {
        self.id = id
        self.state = state
        self.publicKey = publicKey
        self.sealedPrivateKey = sealedPrivateKey
        self.createdAt = createdAt
    }
}
