package import BridgeCore

/// A private key of the bridge itself, as it is stored: sealed with the master key.
package struct StoredSigningKey: Sendable, Hashable {
    /// The RFC 7638 thumbprint, which is also the `kid` of what it signs.
    package let id: String
    /// Its place in the rotation.
    package var state: State
    /// SubjectPublicKeyInfo, DER.
    package let publicKey: [UInt8]
    /// The PKCS#8 private key, encrypted by `MasterKey` for the record `sealedRecordName`.
    package var sealedPrivateKey: [UInt8]
    package let createdAt: Timestamp
    /// Since when it has been in `state`.
    package var stateSince: Timestamp
    /// The longest life of a token that it ever signed, in seconds; 0 where it signed none.
    package var longestToken: Int64

    /// `next` is only published, `current` signs, `previous` is still accepted.
    package enum State: String, Sendable, Hashable, CaseIterable {
        case next, current, previous
    }

    /// - Parameter stateSince: when it came into `state`; `nil` for a key that was made for that state.
    package init(
        id: String, state: State, publicKey: [UInt8], sealedPrivateKey: [UInt8], createdAt: Timestamp,
        stateSince: Timestamp? = nil, longestToken: Int64 = 0
    ) {
        self.id = id
        self.state = state
        self.publicKey = publicKey
        self.sealedPrivateKey = sealedPrivateKey
        self.createdAt = createdAt
        self.stateSince = stateSince ?? createdAt
        self.longestToken = longestToken
    }

    /// What the sealed private key is bound to, so that boxes cannot be exchanged in the store.
    package var sealedRecordName: String { Self.sealedRecordName(of: id) }

    /// What the sealed private key of the key `id` is bound to.
    package static func sealedRecordName(of id: String) -> String { "signing key \(id)" }
}
