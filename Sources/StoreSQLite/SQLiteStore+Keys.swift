package import AuthService
import BridgeCore

extension SQLiteStore {
    package func insert(_ keys: [TrustedKey], audit: AuditStamp) async throws(StoreError) -> [ImportedKey] {
        if keys.isEmpty { return [] }
        return try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in try TrustedKeyRow.insert(keys, audit, database) }
        }
    }

    package func removeKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey {
        try await writer.change { database throws(SQLiteError) in
            try AuditTrail.audited(database) { () throws(SQLiteError) in
                guard let key = try TrustedKeyRow.key(named: name, of: license, database) else {
                    throw .refused(StoreError(.notFound, "the tenant \(license) has no key with this id or alias"))
                }
                try database.statement("DELETE FROM trusted_keys WHERE license = ?1 AND id = ?2")
                    .run(.text(license.value), .text(key.id))
                return (key, .removed(key, audit))
            }
        }
    }

    package func retireKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey {
        try await writer.change { database throws(SQLiteError) in
            try AuditTrail.audited(database) { () throws(SQLiteError) in
                guard let key = try TrustedKeyRow.key(named: name, of: license, database) else {
                    throw .refused(StoreError(.notFound, "the tenant \(license) has no key with this id or alias"))
                }
                if key.retiredAt != nil { return (key, nil) }
                var retired = key
                retired.retiredAt = audit.time
                try database.statement("UPDATE trusted_keys SET retired_at = ?3 WHERE license = ?1 AND id = ?2")
                    .run(.text(license.value), .text(key.id), .integer(audit.time.milliseconds))
                return (retired, .retired(retired, over: key, audit))
            }
        }
    }

    package func keyEnds(limit: Int) async throws(StoreError) -> [KeyEnd] {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT license, id, alias, not_after FROM trusted_keys
                WHERE not_after IS NOT NULL AND retired_at IS NULL ORDER BY not_after LIMIT ?1
                """
            ).all(.integer(Int64(max(0, limit)))) { row throws(SQLiteError) in
                guard let license = License(try row.text(0, "trusted_keys.license")) else {
                    throw .damaged(column: "trusted_keys.license")
                }
                return KeyEnd(
                    license: license, keyID: try row.text(1, "trusted_keys.id"),
                    alias: try row.optionalText(2, "trusted_keys.alias"),
                    notAfter: Timestamp(milliseconds: try row.integer(3, "trusted_keys.not_after")))
            }
        }
    }

    package func keys(of license: License) async throws(StoreError) -> [TrustedKey] {
        try await reader.read { database throws(SQLiteError) in try TrustedKeyRow.all(of: license, database) }
    }
}

/// A row of `trusted_keys`.
private enum TrustedKeyRow {
    /// Writes what `KeyImport` decides; the answers are read off when all is decided.
    static func insert(
        _ keys: [TrustedKey], _ audit: AuditStamp, _ database: SQLiteConnection
    ) throws(SQLiteError) -> [ImportedKey] {
        for license in Set(keys.map(\.license)) { try TenantRow.require(license, database) }
        var imports: [License: KeyImport] = [:]
        var outcomes: [ImportedKey.Outcome] = []
        for key in keys {
            // Taken out meanwhile, so that there is one of it: a copy for each key would cost the square of their number.
            var keyImport: KeyImport
            if let begun = imports.removeValue(forKey: key.license) {
                keyImport = begun
            } else {
                keyImport = KeyImport(into: try all(of: key.license, database))
            }
            let known = keyImport.stored(key)
            let outcome = try insert(key, &keyImport, database)
            let entry = AuditEntry.imported(keyImport.stored(key) ?? key, over: known, outcome: outcome, audit)
            if let entry { try AuditTrail.append(entry, database) }
            outcomes.append(outcome)
            imports[key.license] = keyImport
        }
        return zip(keys, outcomes).map { key, outcome in
            ImportedKey(key: imports[key.license]?.stored(key) ?? key, outcome: outcome)
        }
    }

    private static func insert(
        _ key: TrustedKey, _ keyImport: inout KeyImport, _ database: SQLiteConnection
    ) throws(SQLiteError) -> ImportedKey.Outcome {
        let outcome: ImportedKey.Outcome
        do throws(StoreError) {
            outcome = try keyImport.add(key)
        } catch {
            throw .refused(error)
        }
        switch outcome {
        case .unchanged: break
        case .new: try add(key, database)
        case .aliasAdded, .certificateRenewed, .certificateRenewedAndAliasAdded:
            if let changed = keyImport.stored(key) { try update(changed, database) }
        }
        return outcome
    }

    private static func update(_ key: TrustedKey, _ database: SQLiteConnection) throws(SQLiteError) {
        try database.statement(
            """
            UPDATE trusted_keys SET alias = ?3, certificate = ?4, not_before = ?5, not_after = ?6
            WHERE license = ?1 AND id = ?2
            """
        ).run(
            .text(key.license.value), .text(key.id), .text(key.alias), .blob(key.certificate),
            .integer(key.notBefore?.milliseconds), .integer(key.notAfter?.milliseconds))
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

    /// The keys of a tenant, oldest import first.
    static func all(of license: License, _ database: SQLiteConnection) throws(SQLiteError) -> [TrustedKey] {
        try database.statement(
            """
            SELECT id, license, alias, declared_key_id, public_key, certificate, not_before, not_after, imported_at,
                retired_at
            FROM trusted_keys WHERE license = ?1 ORDER BY imported_at, sequence
            """
        ).all(.text(license.value), read: read)
    }

    /// The key with the id or alias `name`.
    static func key(
        named name: String, of license: License, _ database: SQLiteConnection
    ) throws(SQLiteError) -> TrustedKey? {
        try database.statement(
            """
            SELECT id, license, alias, declared_key_id, public_key, certificate, not_before, not_after, imported_at,
                retired_at
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
            importedAt: Timestamp(milliseconds: try row.integer(8, "trusted_keys.imported_at")),
            retiredAt: try row.optionalInteger(9, "trusted_keys.retired_at").map { Timestamp(milliseconds: $0) })
    }
}
