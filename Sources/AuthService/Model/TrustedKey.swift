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
    /// When it was retired: its tokens are refused with `key_retired` since then. `nil` for a key in force.
    package var retiredAt: Timestamp?

    package init(
        id: String, license: License, alias: String?, declaredKeyID: String?, publicKey: [UInt8],
        certificate: [UInt8]?, notBefore: Timestamp?, notAfter: Timestamp?, importedAt: Timestamp,
        retiredAt: Timestamp? = nil
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
        self.retiredAt = retiredAt
    }

    /// From when on its tokens are refused; `nil` for never.
    ///
    /// - Parameter seconds: how long after the end of its certificate a tenant refuses a key; `nil` for never.
    package func refusedFrom(afterEnd seconds: Int64?) -> Timestamp? {
        let end = seconds.flatMap { seconds in notAfter?.adding(seconds: seconds) }
        guard let retiredAt else { return end }
        return end.map { min($0, retiredAt) } ?? retiredAt
    }
}
