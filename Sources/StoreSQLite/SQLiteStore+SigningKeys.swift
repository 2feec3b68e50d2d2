package import AuthService
import BridgeCore
internal import CSQLite

extension SQLiteStore {
    package func signingKeys() async throws(StoreError) -> [StoredSigningKey] {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT id, state, public_key, sealed_private_key, created_at FROM signing_keys
                ORDER BY created_at DESC, sequence DESC
                """
            ).all(read: SigningKeyRow.read)
        }
    }

    package func insertIfNone(
        _ key: StoredSigningKey, audit: AuditStamp
    ) async throws(StoreError) -> StoredSigningKey {
        try await writer.change { database throws(SQLiteError) in
            // The writer holds the lock of the file: between looking and adding no other process gets in.
            if let known = try SigningKeyRow.newest(in: key.state, database) { return known }
            return try AuditTrail.audited(database) { () throws(SQLiteError) in
                try SigningKeyRow.insert(key, database)
                return (key, .created(key, audit))
            }
        }
    }
}

/// A row of `signing_keys`.
private enum SigningKeyRow {
    static func newest(
        in state: StoredSigningKey.State, _ database: SQLiteConnection
    ) throws(SQLiteError) -> StoredSigningKey? {
        try database.statement(
            """
            SELECT id, state, public_key, sealed_private_key, created_at FROM signing_keys
            WHERE state = ?1 ORDER BY created_at DESC, sequence DESC LIMIT 1
            """
        ).first(.text(state.rawValue), read: read)
    }

    static func insert(_ key: StoredSigningKey, _ database: SQLiteConnection) throws(SQLiteError) {
        do throws(SQLiteError) {
            try database.statement(
                """
                INSERT INTO signing_keys (id, state, public_key, sealed_private_key, created_at)
                VALUES (?1, ?2, ?3, ?4, ?5)
                """
            ).run(
                .text(key.id), .text(key.state.rawValue), .blob(key.publicKey), .blob(key.sealedPrivateKey),
                .integer(key.createdAt.milliseconds))
        } catch {
            guard error.code == bridge_sqlite_constraint_unique else { throw error }
            throw .refused(StoreError(.conflict, "the signing key \(key.id) is stored in another state"))
        }
    }

    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> StoredSigningKey {
        guard let state = StoredSigningKey.State(rawValue: try row.text(1, "signing_keys.state")) else {
            throw .damaged(column: "signing_keys.state")
        }
        return StoredSigningKey(
            id: try row.text(0, "signing_keys.id"), state: state,
            publicKey: try row.blob(2, "signing_keys.public_key"),
            sealedPrivateKey: try row.blob(3, "signing_keys.sealed_private_key"),
            createdAt: Timestamp(milliseconds: try row.integer(4, "signing_keys.created_at")))
    }
}
