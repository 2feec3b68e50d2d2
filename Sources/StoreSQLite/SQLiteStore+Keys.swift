package import AuthService
import BridgeCore
internal import CSQLite

extension SQLiteStore {
    package func insert(_ keys: [TrustedKey]) async throws(StoreError) -> [(key: TrustedKey, isNew: Bool)] {
        if keys.isEmpty { return [] }
        return try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in try TrustedKeyRow.insert(keys, database) }
        }
    }

    package func removeKey(named name: String, of license: License) async throws(StoreError) -> TrustedKey {
        try await writer.change { database throws(SQLiteError) in
            guard let key = try TrustedKeyRow.key(named: name, of: license, database) else {
                throw .refused(StoreError(.notFound, "the tenant \(license) has no key with this id or alias"))
            }
            try database.statement("DELETE FROM trusted_keys WHERE license = ?1 AND id = ?2")
                .run(.text(license.value), .text(key.id))
            return key
        }
    }

    package func keys(of license: License) async throws(StoreError) -> [TrustedKey] {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT id, license, alias, declared_key_id, public_key, certificate, not_before, not_after, imported_at
                FROM trusted_keys WHERE license = ?1 ORDER BY imported_at, sequence
                """
            ).all(.text(license.value), read: TrustedKeyRow.read)
        }
    }
}

/// A row of `trusted_keys`.
private enum TrustedKeyRow {
    /// Adds what is new and fills in missing aliases; the answers are read when all is written.
    static func insert(
        _ keys: [TrustedKey], _ database: SQLiteConnection
    ) throws(SQLiteError) -> [(key: TrustedKey, isNew: Bool)] {
        var isNew: [Bool] = []
        for key in keys {
            try refuseTakenName(key, database)
            isNew.append(try insert(key, database))
        }
        var answers: [(key: TrustedKey, isNew: Bool)] = []
        for (key, isNew) in zip(keys, isNew) {
            guard let stored = try self.key(named: key.id, of: key.license, database) else {
                throw .damaged(column: "trusted_keys.id")
            }
            answers.append((stored, isNew))
        }
        return answers
    }

    /// Keys are named by alias or id alike, so an alias may not be the id of another key either, nor the reverse.
    private static func refuseTakenName(_ key: TrustedKey, _ database: SQLiteConnection) throws(SQLiteError) {
        let taken = try database.statement(
            """
            SELECT 1 FROM trusted_keys
            WHERE license = ?1 AND id <> ?2 AND (alias = ?2 OR alias = ?3 OR id = ?3) LIMIT 1
            """
        ).first(.text(key.license.value), .text(key.id), .text(key.alias)) { _ in true }
        guard taken == nil else {
            throw .refused(
                StoreError(
                    .conflict, "another key of the tenant \(key.license) has the alias \"\(key.alias ?? key.id)\"",
                    hint: "choose another alias, or remove that key first"))
        }
    }

    private static func insert(_ key: TrustedKey, _ database: SQLiteConnection) throws(SQLiteError) -> Bool {
        if let known = try self.key(named: key.id, of: key.license, database) {
            if known.alias == nil, key.alias != nil {
                try database.statement("UPDATE trusted_keys SET alias = ?3 WHERE license = ?1 AND id = ?2")
                    .run(.text(key.license.value), .text(key.id), .text(key.alias))
            }
            return false
        }
        do throws(SQLiteError) {
            try add(key, database)
        } catch {
            guard error.code == bridge_sqlite_constraint_foreign_key else { throw error }
            throw .refused(.unknownTenant(key.license))
        }
        return true
    }

    private static func add(_ key: TrustedKey, _ database: SQLiteConnection) throws(SQLiteError) {
        try database.statement(
            """
            INSERT INTO trusted_keys (license, id, alias, declared_key_id, public_key, certificate, not_before,
                not_after, imported_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        ).run(
            .text(key.license.value), .text(key.id), .text(key.alias), .text(key.declaredKeyID),
            .blob(key.publicKey), .blob(key.certificate), .integer(key.notBefore?.milliseconds),
            .integer(key.notAfter?.milliseconds), .integer(key.importedAt.milliseconds))
    }

    /// The key with the id or alias `name`.
    static func key(
        named name: String, of license: License, _ database: SQLiteConnection
    ) throws(SQLiteError) -> TrustedKey? {
        try database.statement(
            """
            SELECT id, license, alias, declared_key_id, public_key, certificate, not_before, not_after, imported_at
            FROM trusted_keys WHERE license = ?1 AND (id = ?2 OR alias = ?2)
            """
        ).first(.text(license.value), .text(name), read: read)
    }

    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> TrustedKey {
        guard let license = License(try row.text(1, "trusted_keys.license")) else {
            throw .damaged(column: "trusted_keys.license")
        }
        return TrustedKey(
            id: try row.text(0, "trusted_keys.id"), license: license,
            alias: try row.optionalText(2, "trusted_keys.alias"),
            declaredKeyID: try row.optionalText(3, "trusted_keys.declared_key_id"),
            publicKey: try row.blob(4, "trusted_keys.public_key"),
            certificate: try row.optionalBlob(5, "trusted_keys.certificate"),
            notBefore: try row.optionalInteger(6, "trusted_keys.not_before").map { Timestamp(milliseconds: $0) },
            notAfter: try row.optionalInteger(7, "trusted_keys.not_after").map { Timestamp(milliseconds: $0) },
            importedAt: Timestamp(milliseconds: try row.integer(8, "trusted_keys.imported_at")))
    }
}
