package import BridgeCore
internal import BridgeCrypto

extension TrustedKey {
    /// SHA-256 of the public key, lower-case hexadecimal, as `cert show` prints it.
    package var publicKeySHA256: String? { (try? SHA256Digest(of: publicKey)).map { Hex.encode($0.bytes) } }

    /// Writes the members that every answer about a trusted key has, into an object that is open.
    package func writeMembers(to writer: inout JSONWriter) {
        writer.member("keyId", id)
        writer.member("alias", alias)
        writer.member("kid", declaredKeyID)
        writer.member("publicKeySHA256", publicKeySHA256)
        writer.member("notBefore", notBefore?.description)
        writer.member("notAfter", notAfter?.description)
        writer.member("importedAt", importedAt.description)
        writer.member("retiredAt", retiredAt?.description)
    }

    /// The public key as PEM text, as `cert pubkey` prints it.
    ///
    /// - Throws: `internal` for stored bytes that are no key.
    package func publicKeyPEM() throws(StoreError) -> String {
        do throws(CryptoError) {
            return try RSAPublicKey(subjectPublicKeyInfo: publicKey, source: "the stored key \(id)").pem
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }
}
