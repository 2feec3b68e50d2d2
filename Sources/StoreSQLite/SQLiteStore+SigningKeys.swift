package import AuthService
import BridgeCore
internal import CSQLite

extension SQLiteStore {
    package func signingKeys() async throws(StoreError) -> [StoredSigningKey] {
        try await reader.read { database throws(SQLiteError) in try SigningKeyRow.all(database) }
    }

    package func insertIfNone(
        _ key: StoredSigningKey, _ entry: AuditEntry
    ) async throws(StoreError) -> StoredSigningKey {
        try await writer.change { database throws(SQLiteError) in
            // The writer holds the lock of the file: between looking and adding no other process gets in.
            if let known = try SigningKeyRow.newest(in: key.state, database) { return known }
            return try database.savepoint { () throws(SQLiteError) in
                try SigningKeyRow.insert(key, database)
                try AuditTrail.append(entry, database)
                return key
            }
        }
    }

    package func apply(
        _ change: KeyRingChange, adding key: StoredSigningKey?, _ entry: AuditEntry
    ) async throws(StoreError) -> [StoredSigningKey] {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                let stored = try SigningKeyRow.all(database)
                let changed: [StoredSigningKey]
                do throws(StoreError) {
                    changed = try change.applied(to: stored, adding: key)
                } catch {
                    throw .refused(error)
                }
                try SigningKeyRow.replace(stored, by: changed, database)
                try AuditTrail.append(entry, database)
                return try SigningKeyRow.all(database)
            }
        }
    }

    package func keyToSign(
        in state: StoredSigningKey.State, lasting seconds: Int64
    ) async throws(StoreError) -> StoredSigningKey? {
        let known = try await reader.read { database throws(SQLiteError) in
            try SigningKeyRow.newest(in: state, database)
        }
        guard let known, known.longestToken < seconds else { return known }
        // Seldom: only a token longer than all before it has to be written down.
        return try await writer.change { database throws(SQLiteError) in
            guard var key = try SigningKeyRow.newest(in: state, database) else { return nil }
            key.longestToken = max(key.longestToken, seconds)
            try SigningKeyRow.update(key, database)
            return key
        }
    }
}

extension SQLiteStore {
    package func sealedRecords() async throws(StoreError) -> [SealedRecord] {
        try await reader.read { database throws(SQLiteError) in
            let keys = try SigningKeyRow.all(database)
            let credentials = try ConnectionRow.sealed(database)
            return keys.map { SealedRecord(name: $0.sealedRecordName, box: $0.sealedPrivateKey) }
                + credentials.map { SealedRecord(name: $0.id.sealedRecordName, box: $0.box) }
        }
    }

    /// Every table with a sealed column has its part here.
    package func reseal(
        _ entry: AuditEntry, _ box: @escaping @Sendable (SealedRecord) throws(StoreError) -> [UInt8]
    ) async throws(StoreError) -> Int {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                let count = try SigningKeyRow.reseal(box, database) + ConnectionRow.reseal(box, database)
                try AuditTrail.append(entry, database)
                return count
            }
        }
    }
}

/// A row of `signing_keys`.
private enum SigningKeyRow {
    static func all(_ database: SQLiteConnection) throws(SQLiteError) -> [StoredSigningKey] {
        try database.statement(
            """
            SELECT id, state, public_key, sealed_private_key, created_at, state_since, longest_token
            FROM signing_keys ORDER BY created_at DESC, sequence DESC
            """
        ).all(read: read)
    }

    static func newest(
        in state: StoredSigningKey.State, _ database: SQLiteConnection
    ) throws(SQLiteError) -> StoredSigningKey? {
        try database.statement(
            """
            SELECT id, state, public_key, sealed_private_key, created_at, state_since, longest_token
            FROM signing_keys WHERE state = ?1 ORDER BY created_at DESC, sequence DESC LIMIT 1
            """
        ).first(.text(state.rawValue), read: read)
    }

    static func insert(_ key: StoredSigningKey, _ database: SQLiteConnection) throws(SQLiteError) {
        do throws(SQLiteError) {
            try database.statement(
                """
                INSERT INTO signing_keys
                    (id, state, public_key, sealed_private_key, created_at, state_since, longest_token)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """
            ).run(
                .text(key.id), .text(key.state.rawValue), .blob(key.publicKey), .blob(key.sealedPrivateKey),
                .integer(key.createdAt.milliseconds), .integer(key.stateSince.milliseconds),
                .integer(key.longestToken))
        } catch {
            guard error.code == bridge_sqlite_constraint_unique else { throw error }
            throw .refused(StoreError(.conflict, "the signing key \(key.id) is stored in another state"))
        }
    }

    /// Writes what differs.
    static func replace(
        _ stored: [StoredSigningKey], by changed: [StoredSigningKey], _ database: SQLiteConnection
    ) throws(SQLiteError) {
        let kept = Set(changed.map(\.id))
        for key in stored where !kept.contains(key.id) {
            try database.statement("DELETE FROM signing_keys WHERE id = ?1").run(.text(key.id))
        }
        let known = Set(stored.map(\.id))
        for key in changed {
            if known.contains(key.id) { try update(key, database) } else { try insert(key, database) }
        }
    }

    static func update(_ key: StoredSigningKey, _ database: SQLiteConnection) throws(SQLiteError) {
        try database.statement(
            "UPDATE signing_keys SET state = ?2, state_since = ?3, longest_token = ?4 WHERE id = ?1"
        ).run(
            .text(key.id), .text(key.state.rawValue), .integer(key.stateSince.milliseconds),
            .integer(key.longestToken))
    }

    static func reseal(
        _ box: (SealedRecord) throws(StoreError) -> [UInt8], _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int {
        let keys = try all(database)
        for key in keys {
            let sealed: [UInt8]
            do throws(StoreError) {
                sealed = try box(SealedRecord(name: key.sealedRecordName, box: key.sealedPrivateKey))
            } catch {
                throw .refused(error)
            }
            try database.statement("UPDATE signing_keys SET sealed_private_key = ?2 WHERE id = ?1")
                .run(.text(key.id), .blob(sealed))
        }
        return keys.count
    }

    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> StoredSigningKey {
        guard let state = StoredSigningKey.State(rawValue: try row.text(1, "signing_keys.state")) else {
            throw .damaged(column: "signing_keys.state")
        }
        return StoredSigningKey(
            id: try row.text(0, "signing_keys.id"), state: state,
            publicKey: try row.blob(2, "signing_keys.public_key"),
            sealedPrivateKey: try row.blob(3, "signing_keys.sealed_private_key"),
            createdAt: Timestamp(milliseconds: try row.integer(4, "signing_keys.created_at")),
            stateSince: Timestamp(milliseconds: try row.integer(5, "signing_keys.state_since")),
            longestToken: try row.integer(6, "signing_keys.longest_token"))
    }
}
