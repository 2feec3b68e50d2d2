package import AuthService
internal import BridgeCore

extension InMemoryStore {
    package func connection(_ id: ConnectionID) async throws(StoreError) -> Connection? {
        try read { $0.connections[id] }
    }

    package func connections(of license: License) async throws(StoreError) -> [Connection] {
        try read { tables in
            tables.connections.values.filter { $0.id.license == license }
                .sorted { $0.id.sortName < $1.id.sortName }
        }
    }

    package func put(
        _ connection: Connection, over expectedVersion: Int64?, audit: AuditStamp
    ) async throws(StoreError) -> Connection {
        try change { tables throws(StoreError) in
            let id = connection.id
            guard tables.tenants[id.license] != nil else { throw .unknown(id.license) }
            let known = tables.connections[id]
            guard known?.version == expectedVersion else { throw .staleConnection(id) }
            let others = tables.connections.values.filter { $0.id.license == id.license && $0.id != id }
            if let other = others.first(where: { $0.id.kind == id.kind && $0.remote == connection.remote }) {
                throw .linkedAlready(connection, by: other.id.name.value)
            }
            if connection.settings.isReadByOperatorsClient,
                tables.connections.values.contains(where: { $0.isRead(asBy: connection) })
            {
                throw .readForAnother(connection)
            }
            guard known != nil || others.count < Connection.largestCount else { throw .tooManyConnections(id.license) }
            try tables.append(.saved(connection, over: known, audit))
            var stored = connection
            stored.version = tables.audit.last?.sequence ?? 0
            tables.connections[id] = stored
            return stored
        }
    }

    package func removeConnection(
        _ id: ConnectionID, expectedVersion: Int64?, audit: AuditStamp
    ) async throws(StoreError) -> Connection {
        try change { tables throws(StoreError) in
            guard let known = tables.connections[id] else { throw .noConnection(id) }
            guard expectedVersion.map({ $0 == known.version }) ?? true else { throw .staleConnection(id) }
            tables.connections[id] = nil
            tables.syncs[id] = nil
            try tables.append(.removed(known, audit))
            return known
        }
    }

    package func credentialEnds(limit: Int) async throws(StoreError) -> [CredentialEnd] {
        try read { tables in
            let held = tables.connections.values.flatMap(\.heldParts)
            let ends = Dictionary(grouping: held, by: \.part.mark).compactMap { mark, sharing in
                sharing.compactMap(\.part.endsAt).min().map { end in
                    let ids = sharing.map(\.id).sorted {
                        ($0.license.value, $0.sortName) < ($1.license.value, $1.sortName)
                    }
                    let kind = sharing.contains { $0.kind == .certificate } ? CredentialEnd.Kind.certificate : .secret
                    return CredentialEnd(kind: kind, mark: mark, endsAt: end, connections: ids)
                }
            }
            return Array(ends.sorted { ($0.endsAt, $0.mark) < ($1.endsAt, $1.mark) }.prefix(max(0, limit)))
        }
    }
}

extension Connection {
    /// Whether the operator's client reads for this tenant what it would for that of `other`.
    fileprivate func isRead(asBy other: Connection) -> Bool {
        id.license != other.id.license && id.kind == other.id.kind && remote == other.remote
            && settings.isReadByOperatorsClient
    }

    /// The parts of its credential.
    fileprivate var heldParts: [(id: ConnectionID, kind: CredentialEnd.Kind, part: StoredCredential.Part)] {
        let parts: [(CredentialEnd.Kind, StoredCredential.Part?)] = [
            (.secret, credential?.secret), (.certificate, credential?.key),
        ]
        return parts.compactMap { kind, part in part.map { (id, kind, $0) } }
    }
}

extension ConnectionID {
    fileprivate var sortName: String { "\(kind.rawValue):\(name)" }
}
