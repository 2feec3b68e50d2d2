package import BridgeCore
package import BridgeCrypto

/// What the client of a connection proves itself with, opened.
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
        let plaintext: Secret
        let kind: StoredCredential.Kind
        switch self {
        case .secret(let secret): (plaintext, kind) = (secret, .secret)
        case .certificate(let certificate, let key):
            (plaintext, kind) = (try key.exportPEM(), .certificate(pem: certificate.pem))
        }
        return StoredCredential(
            kind: kind, box: try vault.seal(plaintext, for: id.sealedRecordName), endsAt: notAfter ?? end,
            mark: try mark(client: clientID), setAt: now)
    }

    /// Opens a stored credential.
    ///
    /// - Throws: `password_wrong` when no master key opens it, `certificate_malformed` for a damaged row.
    package init(
        opening stored: StoredCredential, of id: ConnectionID, by vault: some SecretVault
    ) throws(CryptoError) {
        let plaintext = try vault.open(stored.box, for: id.sealedRecordName)
        switch stored.kind {
        case .secret: self = .secret(plaintext)
        case .certificate(let pem):
            let certificate = try Certificate(reading: Array(pem.utf8), source: id.sealedRecordName)
            let key = try plaintext.withBytes { bytes throws(CryptoError) in
                try RSAPrivateKey(
                    reading: bytes.indices.map { bytes[$0] }, passphrase: nil, source: id.sealedRecordName)
            }
            self = .certificate(certificate, key: key)
        }
    }

    /// What tells that two connections share it, and nothing else: 64 bits of a digest over client and secret.
    ///
    /// Entra makes secrets of 40 random characters; nobody finds one by trying.
    package func mark(client clientID: GUID) throws(CryptoError) -> String {
        let bytes: [UInt8] =
            switch self {
            case .secret(let secret):
                Array("client secret \(clientID) ".utf8) + secret.withBytes { span in span.indices.map { span[$0] } }
            case .certificate(let certificate, _): Array("client certificate ".utf8) + certificate.der
            }
        return Hex.encode(try SHA256Digest(of: bytes).bytes.prefix(8))
    }
}
