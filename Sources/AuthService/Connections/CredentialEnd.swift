package import BridgeCore

/// When a client secret or a client certificate ends, and the connections that stop working then.
package struct CredentialEnd: Sendable, Hashable {
    package let kind: Kind
    /// Which secret or key: that of the connections' `StoredCredential.Part` (`CredentialMark`).
    package let mark: String
    package let endsAt: Timestamp
    /// All that share it, in order of tenant and name; also those whose administrators did not say when it ends.
    package let connections: [ConnectionID]

    package enum Kind: String, Sendable, Hashable {
        case secret, certificate
    }

    package init(kind: Kind, mark: String, endsAt: Timestamp, connections: [ConnectionID]) {
        self.kind = kind
        self.mark = mark
        self.endsAt = endsAt
        self.connections = connections
    }
}

extension CredentialEnd {
    /// One connection of a credential that ends, as a store finds it.
    package struct Row: Sendable {
        let connection: ConnectionID
        let kind: Kind
        let mark: String
        let endsAt: Timestamp

        package init(connection: ConnectionID, kind: Kind, mark: String, endsAt: Timestamp) {
            self.connection = connection
            self.kind = kind
            self.mark = mark
            self.endsAt = endsAt
        }
    }

    /// The credentials of rows in which those of one credential stand together.
    package static func all(_ rows: [Row]) -> [CredentialEnd] {
        var ends: [CredentialEnd] = []
        for row in rows {
            let others = row.mark == ends.last?.mark ? ends.popLast()?.connections ?? [] : []
            ends.append(
                CredentialEnd(
                    kind: row.kind, mark: row.mark, endsAt: row.endsAt, connections: others + [row.connection]))
        }
        return ends
    }
}
