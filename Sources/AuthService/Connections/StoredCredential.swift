package import BridgeCore

/// What the client of a connection proves itself with, as it is stored: what may be seen in the open, the rest sealed.
package struct StoredCredential: Sendable, Hashable {
    package let kind: Kind
    /// The secret, or the private key (PKCS#8 PEM), sealed for `ConnectionID.sealedRecordName`.
    package let box: [UInt8]
    /// When it ends: the certificate by itself, a secret as an administrator said; `nil` where nobody did.
    package let endsAt: Timestamp?
    /// Equal for connections that share the secret or the certificate (`ConnectionCredential.mark`).
    package let mark: String
    /// When it was put here.
    package let setAt: Timestamp

    package enum Kind: Sendable, Hashable {
        case secret
        /// - Parameter pem: the certificate that belongs to the sealed key.
        case certificate(pem: String)
    }

    package init(kind: Kind, box: [UInt8], endsAt: Timestamp?, mark: String, setAt: Timestamp) {
        self.kind = kind
        self.box = box
        self.endsAt = endsAt
        self.mark = mark
        self.setAt = setAt
    }

    /// The certificate of the sealed key; `nil` for a secret.
    package var certificatePEM: String? {
        if case .certificate(let pem) = kind { pem } else { nil }
    }
}
