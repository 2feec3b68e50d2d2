package import AuthService
internal import BridgeCore

extension InMemoryStore {
    package func signingKeys() async throws(StoreError) -> [StoredSigningKey] {
        try read { $0.newestSigningKeys }
    }

    package func insertIfNone(
        _ key: StoredSigningKey, _ entry: AuditEntry
    ) async throws(StoreError) -> StoredSigningKey {
        try change { tables throws(StoreError) in
            if let known = tables.signingKeys.first(where: { $0.state == key.state }) { return known }
            guard !tables.signingKeys.contains(where: { $0.id == key.id }) else {
                throw StoreError(.conflict, "the key is there in another state")
            }
            try tables.append(entry)
            tables.signingKeys.append(key)
            return key
        }
    }

    package func apply(
        _ change: KeyRingChange, adding key: StoredSigningKey?, _ entry: AuditEntry
    ) async throws(StoreError) -> [StoredSigningKey] {
        try self.change { tables throws(StoreError) in
            let changed = try change.applied(to: tables.signingKeys, adding: key)
            try tables.append(entry)
            tables.signingKeys = changed
            return tables.newestSigningKeys
        }
    }

    package func keyToSign(
        in state: StoredSigningKey.State, lasting seconds: Int64
    ) async throws(StoreError) -> StoredSigningKey? {
        try change { tables throws(StoreError) in
            guard let place = tables.signingKeys.firstIndex(where: { $0.state == state }) else { return nil }
            tables.signingKeys[place].longestToken = max(tables.signingKeys[place].longestToken, seconds)
            return tables.signingKeys[place]
        }
    }

    package func sealedRecords() async throws(StoreError) -> [SealedRecord] {
        try read { tables in
            tables.signingKeys.map { SealedRecord(name: $0.sealedRecordName, box: $0.sealedPrivateKey) }
                + tables.connections.values.compactMap(\.sealedRecord)
        }
    }

    package func reseal(
        _ entry: AuditEntry, _ box: @escaping @Sendable (SealedRecord) throws(StoreError) -> [UInt8]
    ) async throws(StoreError) -> Int {
        try change { tables throws(StoreError) in
            var keys = tables.signingKeys
            for place in keys.indices {
                keys[place].sealedPrivateKey = try box(
                    SealedRecord(name: keys[place].sealedRecordName, box: keys[place].sealedPrivateKey))
            }
            var connections = tables.connections
            var count = keys.count
            for (id, connection) in connections {
                guard let record = connection.sealedRecord else { continue }
                connections[id] = connection.resealed(try box(record))
                count += 1
            }
            try tables.append(entry)
            (tables.signingKeys, tables.connections) = (keys, connections)
            return count
        }
    }
}

extension StoreMemory.Tables {
    fileprivate var newestSigningKeys: [StoredSigningKey] {
        signingKeys.reversed().sorted { $0.createdAt > $1.createdAt }
    }
}
