package import BridgeCore
package import BridgeCrypto

/// A public key that an administrator hands in, in whatever wrapping, read and judged.
package struct KeyMaterial: Sendable {
    package let key: RSAPublicKey
    /// The certificate around it, where there is one.
    package let certificate: Certificate?
    /// The `kid` it declares, from a JWK.
    package let declaredKeyID: String?

    /// What a file was read as: the keys, and what is to be said about how they were found.
    package struct File: Sendable {
        /// One, or of a JWK Set as many as it has.
        package let materials: [KeyMaterial]
        /// What was repaired, taken or passed over; none for an ordinary file.
        package let remarks: [FileRemark]
        /// Whether they stood in a JWK or JWK Set.
        package let isKeySet: Bool
    }

    /// Reads a certificate, a public key, a JWK or a JWK Set, in whatever shape it arrived (`Docs/Certificates.md`).
    ///
    /// - Parameter source: what the bytes are called in errors and remarks, such as a file name.
    /// - Throws: `private_key_given`, `certificate_malformed`, `keystore_unsupported`, `key_not_rsa`, `key_too_small`.
    package static func read(_ bytes: [UInt8], source: String) throws(CryptoError) -> File {
        if let set = try JSONWebKeySet.find(in: bytes, source: source) {
            let materials = set.content.keys.map {
                KeyMaterial(key: $0.key, certificate: nil, declaredKeyID: $0.keyID)
            }
            return File(materials: materials, remarks: set.remarks, isKeySet: true)
        }
        let found = try FoundKey.find(in: bytes, source: source)
        return File(
            materials: [try KeyMaterial(found.content, source: source)], remarks: found.remarks, isKeySet: false)
    }

    private init(_ found: FoundKey, source: String) throws(CryptoError) {
        switch found {
        case .publicKey(let key): self.init(key: key, certificate: nil, declaredKeyID: nil)
        case .certificate(let certificate):
            let key = try certificate.publicKey(source: source)
            self.init(key: key, certificate: certificate, declaredKeyID: nil)
        }
    }

    init(key: RSAPublicKey, certificate: Certificate?, declaredKeyID: String?) {
        (self.key, self.certificate, self.declaredKeyID) = (key, certificate, declaredKeyID)
    }

    /// The key as it is stored for a tenant.
    ///
    /// - Parameter keyID: the `kid` an administrator declares; it wins over what the material declares itself.
    package func trusted(
        by license: License, alias: String?, keyID: String? = nil, importedAt: Timestamp
    ) -> TrustedKey {
        TrustedKey(
            id: key.thumbprint, license: license, alias: alias, declaredKeyID: keyID ?? declaredKeyID,
            publicKey: key.subjectPublicKeyInfo, certificate: certificate?.der, notBefore: certificate?.notBefore,
            notAfter: certificate?.notAfter, importedAt: importedAt)
    }
}

extension TokenKey {
    /// A stored key, ready to verify.
    ///
    /// - Parameter seconds: how long after the end of its certificate the tenant refuses it; `nil` for never.
    /// - Throws: `certificate_malformed`, `key_not_rsa`, `key_too_small` for a row that never should have been stored.
    package init(_ stored: TrustedKey, refusedAfterEnd seconds: Int64? = nil) throws(CryptoError) {
        let key = try RSAPublicKey(subjectPublicKeyInfo: stored.publicKey, source: "the stored key \(stored.id)")
        self.init(
            key, declaredKeyID: stored.declaredKeyID, alias: stored.alias,
            refusedFrom: stored.refusedFrom(afterEnd: seconds))
    }
}
