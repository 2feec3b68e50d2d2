package import BridgeCore
package import BridgeCrypto

/// The signing keys as they are shown to people and programs.
package struct SigningKeyList: Sendable {
    /// A key and what can be done with it.
    package struct Item: Sendable {
        package let key: StoredSigningKey
        /// The public half.
        package let publicKey: RSAPublicKey
        /// From when a next key may be promoted and a previous one retired; `nil` for the current one.
        package let allowedFrom: Timestamp?
    }

    /// Next, current, previous.
    package let items: [Item]

    /// - Parameter wait: how long a next key is published before it may sign, in seconds.
    /// - Throws: `certificate_malformed` and its like for a stored public key that cannot be read.
    package init(_ stored: [StoredSigningKey], promoteAfter wait: Int64) throws(CryptoError) {
        let ring = KeyRing(stored)
        var items: [Item] = []
        for state in StoredSigningKey.State.allCases {
            for key in stored where key.state == state {
                let allowed: Timestamp? =
                    switch state {
                    case .next: ring.promotionAllowed(after: wait)
                    case .current: nil
                    case .previous: ring.retirementAllowed
                    }
                items.append(
                    Item(
                        key: key,
                        publicKey: try RSAPublicKey(
                            subjectPublicKeyInfo: key.publicKey, source: "signing key \(key.id)"),
                        allowedFrom: allowed))
            }
        }
        self.items = items
    }

    /// The key in `state`.
    package func item(_ state: StoredSigningKey.State) -> Item? { items.first { $0.key.state == state } }
}

extension JSONWriter {
    /// Writes the members of a signing key into an object that is open; nothing private is among them.
    package mutating func signingKeyMembers(_ item: SigningKeyList.Item) {
        member("keyId", item.key.id)
        member("state", item.key.state.rawValue)
        member("createdAt", item.key.createdAt.description)
        member("stateSince", item.key.stateSince.description)
        member("longestToken", item.key.longestToken)
        member("allowedFrom", item.allowedFrom?.description)
        member("publicKeyPEM", item.publicKey.pem)
    }

    /// Writes the members of an answer to a change: what happened when, what was removed, and the keys after it.
    package mutating func keyRingChangeMembers(_ change: KeyRingChange, _ list: SigningKeyList) {
        member("event", change.event.name)
        member("time", change.time.description)
        member("emergency", change.isEmergency)
        name("removed")
        array { writer in
            for id in change.removed { writer.string(id) }
        }
        name("items")
        array { writer in
            for item in list.items { writer.object { $0.signingKeyMembers(item) } }
        }
    }
}
