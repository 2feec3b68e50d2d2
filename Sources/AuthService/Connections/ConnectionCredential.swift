package import BridgeCore
package import BridgeCrypto

/// What a client of Entra proves itself with, opened.
package enum ConnectionCredential: Sendable {
    case secret(Secret)
    case certificate(Certificate, key: RSAPrivateKey)

    /// When it ends by itself; of a secret nobody can see that.
    package var notAfter: Timestamp? {
        if case .certificate(let certificate, _) = self { certificate.notAfter } else { nil }
    }

    /// The credential for the store.
    ///
    /// - Parameter end: when a secret ends, as an administrator said.
    /// - Throws: `internal`, and what the vault throws.
    package func sealed(
        for id: ConnectionID, client clientID: GUID, endingAt end: Timestamp?, at now: Timestamp,
        by vault: some SecretVault
    ) throws(CryptoError) -> StoredCredential {
        switch self {
        case .secret(let secret):
            StoredCredential(
                box: try vault.seal(secret, for: id.sealedRecordName),
                secret: StoredCredential.Part(
                    endsAt: end, mark: try CredentialMark.secret(secret, client: clientID.value), setAt: now))
        case .certificate(let certificate, let key):
            StoredCredential(
                box: try vault.seal(try key.exportPEM(), for: id.sealedRecordName), secret: nil,
                key: StoredCredential.Part(
                    endsAt: certificate.notAfter ?? end, mark: try CredentialMark.certificate(certificate), setAt: now),
                certificatePEM: certificate.pem)
        }
    }

    /// Opens a stored credential.
    ///
    /// - Throws: `password_wrong` when no master key opens it, `certificate_malformed` for a damaged row.
    package init(
        opening stored: StoredCredential, of id: ConnectionID, by vault: some SecretVault
    ) throws(CryptoError) {
        let plaintext = try vault.open(stored.box, for: id.sealedRecordName)
        guard let pem = stored.certificatePEM else {
            self = .secret(plaintext)
            return
        }
        let certificate = try Certificate(reading: Array(pem.utf8), source: id.sealedRecordName)
        let key = try plaintext.withBytes { bytes throws(CryptoError) in
            try RSAPrivateKey(
                reading: bytes.indices.map { bytes[$0] }, passphrase: nil, source: id.sealedRecordName)
        }
        self = .certificate(certificate, key: key)
    }
}
