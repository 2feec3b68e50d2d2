package import BridgeCore

/// What the client of a connection proves itself with, as it is stored: what may be seen in the open, the rest sealed.
///
/// A client of Entra has a secret or a key with its certificate; a connected app of Salesforce has a secret, a key, or both.
package struct StoredCredential: Sendable, Hashable {
    /// What is secret of it, sealed for `ConnectionID.sealedRecordName`: Entra's secret or private key (PKCS#8 PEM) as it
    /// is, of Salesforce a JSON object.
    package let box: [UInt8]
    package let secret: Part?
    package let key: Part?
    /// The certificate that belongs to the key, where it is known.
    package let certificatePEM: String?

    /// What may be seen of a secret or a key.
    package struct Part: Sendable, Hashable {
        /// When it ends: a certificate by itself, a secret as an administrator said; `nil` where nobody did.
        package let endsAt: Timestamp?
        /// Equal for connections that share the secret or the key (`CredentialMark`).
        package let mark: String
        /// When it was put here.
        package let setAt: Timestamp

        package init(endsAt: Timestamp?, mark: String, setAt: Timestamp) {
            self.endsAt = endsAt
            self.mark = mark
            self.setAt = setAt
        }
    }

    /// - Parameter certificatePEM: of `key`; without one it says nothing.
    package init(box: [UInt8], secret: Part?, key: Part? = nil, certificatePEM: String? = nil) {
        self.box = box
        self.secret = secret
        self.key = key
        self.certificatePEM = certificatePEM
    }
}

extension StoredCredential {
    /// Both parts that there can be.
    private var parts: [Part] { [secret, key].compactMap(\.self) }

    /// When it first ends to be whole.
    package var endsAt: Timestamp? { parts.compactMap(\.endsAt).min() }

    /// When a part was put here last.
    package var setAt: Timestamp? { parts.map(\.setAt).max() }

    /// The same in another box.
    package func resealed(_ box: [UInt8]) -> StoredCredential {
        StoredCredential(box: box, secret: secret, key: key, certificatePEM: certificatePEM)
    }

    /// The same, with another end of the secret.
    package func secretEnding(at end: Timestamp?) -> StoredCredential {
        StoredCredential(
            box: box, secret: secret.map { Part(endsAt: end, mark: $0.mark, setAt: $0.setAt) }, key: key,
            certificatePEM: certificatePEM)
    }
}
