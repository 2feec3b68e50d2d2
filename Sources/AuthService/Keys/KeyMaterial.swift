package import BridgeCore
package import BridgeCrypto

/// A public key that an administrator hands in, in whatever wrapping, read and judged.
package struct KeyMaterial: Sendable {
    package let key: RSAPublicKey
    /// The certificate around it, where there is one.
    package let certificate: Certificate?
    /// The `kid` it declares, from a JWK.
    package let declaredKeyID: String?

    /// Reads certificates, public keys, a JWK or a JWK Set.
    ///
    /// - Parameter source: what the bytes are called in errors, such as a file name.
    /// - Throws: `private_key_given`, `certificate_malformed`, `key_not_rsa`, `key_too_small`.
    package static func read(_ bytes: [UInt8], source: String) throws(CryptoError) -> [KeyMaterial] {
        if bytes.first(where: { !" \t\r\n".utf8.contains($0) }) == UInt8(ascii: "{") {
            return try JSONWebKeySet(reading: bytes, source: source).keys.map {
                KeyMaterial(key: $0.key, certificate: nil, declaredKeyID: $0.keyID)
            }
        }
        let certificate: Certificate
        do throws(CryptoError) {
            certificate = try Certificate(reading: bytes, source: source)
        } catch {
            guard error.code == .certificateMalformed, let key = try bareKey(bytes, source: source) else { throw error }
            return [KeyMaterial(key: key, certificate: nil, declaredKeyID: nil)]
        }
        let key = try certificate.publicKey(source: source)
        return [KeyMaterial(key: key, certificate: certificate, declaredKeyID: nil)]
    }

    /// The public key in `bytes`, `nil` when there is none; one that must not be trusted is an error.
    private static func bareKey(_ bytes: [UInt8], source: String) throws(CryptoError) -> RSAPublicKey? {
        do throws(CryptoError) {
            return try RSAPublicKey(reading: bytes, source: source)
        } catch {
            guard error.code != .certificateMalformed else { return nil }
            throw error
        }
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
