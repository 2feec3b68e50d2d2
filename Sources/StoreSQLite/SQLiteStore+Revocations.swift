package import AuthService
package import BridgeCore

extension SQLiteStore {
    package func revoke(
        _ revocation: Revocation, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> Revocation {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                try RevocationRow.revoke(revocation, of: license, audit, database)
            }
        }
    }

    package func revocations(
        of license: License, after name: Revocation.Name?, limit: Int
    ) async throws(StoreError) -> [Revocation] {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return [] }
            // No kind is empty; a negative LIMIT would be none.
            return try database.statement(
                """
                SELECT kind, value, issued_before FROM revocations
                WHERE license = ?1 AND (kind, value) > (?2, ?3) ORDER BY kind, value LIMIT ?4
                """
            ).all(
                .text(license.value), .text(name?.kind.rawValue ?? ""), .text(name?.value ?? ""),
                .integer(Int64(max(0, limit))), read: RevocationRow.read)
        }
    }

    package func lastRevocation(of license: License) async throws(StoreError) -> Int64 {
        try await reader.read { database throws(SQLiteError) in
            try database.statement("SELECT coalesce(max(number), 0) FROM revocations WHERE license = ?1")
                .first(.text(license.value)) { row throws(SQLiteError) in
                    try row.integer(0, "revocations.number")
                } ?? 0
        }
    }

    package func revocations(
        of license: License, beyond number: Int64, limit: Int
    ) async throws(StoreError) -> [NumberedRevocation] {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return [] }
            return try database.statement(
                """
                SELECT kind, value, issued_before, number FROM revocations
                WHERE license = ?1 AND number > ?2 ORDER BY number LIMIT ?3
                """
            ).all(.text(license.value), .integer(number), .integer(Int64(max(0, limit)))) {
                row throws(SQLiteError) in
                NumberedRevocation(
                    number: try row.integer(3, "revocations.number"), revocation: try RevocationRow.read(row))
            }
        }
    }

    package func removeExpiredRevocations(at now: Timestamp) async throws(StoreError) -> Int {
        var removed = 0
        while true {
            let count = try await writer.change { database throws(SQLiteError) in
                try database.savepoint { () throws(SQLiteError) in
                    let count = try RevocationRow.removeExpired(at: now, database)
                    if count > 0 {
                        try AuditTrail.append(
                            .expiredRevocations(count, at: AuditStamp(.bridge, at: now)), database)
                    }
                    return count
                }
            }
            removed += count
            if count < RevocationRow.removalSize { return removed }
        }
    }
}

/// A row of `revocations`.
enum RevocationRow {
    /// How many expired ones are removed in one transaction.
    fileprivate static let removalSize = 1_000

    /// Adds a revocation with its audit entry unless the one that is there reaches as far; what is stored then.
    ///
    /// - Parameter isCounted: whether it is refused where the tenant has too many.
    @discardableResult
    static func revoke(
        _ revocation: Revocation, of license: License, isCounted: Bool = true, _ audit: AuditStamp,
        _ database: SQLiteConnection
    ) throws(SQLiteError) -> Revocation {
        try TenantRow.require(license, database)
        let known = try database.statement(
            "SELECT kind, value, issued_before FROM revocations WHERE license = ?1 AND kind = ?2 AND value = ?3"
        ).first(.text(license.value), .text(revocation.kind.rawValue), .text(revocation.value), read: read)
        if let known, known.issuedBefore >= revocation.issuedBefore { return known }
        if known == nil, isCounted { try checkCount(of: license, before: revocation, database) }
        let number = try AuditTrail.append(.revoked(revocation, over: known, of: license, audit), database)
        try write(revocation, of: license, number: number, at: audit.time, database)
        return revocation
    }

    private static func checkCount(
        of license: License, before revocation: Revocation, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        let count = try database.statement("SELECT count FROM revocation_counts WHERE license = ?1")
            .first(.text(license.value)) { row throws(SQLiteError) in
                try row.integer(0, "revocation_counts.count")
            }
        do throws(StoreError) {
            try revocation.checkCount(Int(count ?? 0), of: license)
        } catch {
            throw .refused(error)
        }
    }

    private static func write(
        _ revocation: Revocation, of license: License, number: Int64, at time: Timestamp,
        _ database: SQLiteConnection
    ) throws(SQLiteError) {
        try database.statement(
            """
            INSERT INTO revocations (license, kind, value, issued_before, expires_at, created_at, number)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (license, kind, value) DO UPDATE SET issued_before = excluded.issued_before,
                expires_at = excluded.expires_at, created_at = excluded.created_at, number = excluded.number
            """
        ).run(
            .text(license.value), .text(revocation.kind.rawValue), .text(revocation.value),
            .integer(revocation.issuedBefore.milliseconds), .integer(revocation.expiresAt.milliseconds),
            .integer(time.milliseconds), .integer(number))
    }

    /// Removes at most `removalSize` and returns how many.
    fileprivate static func removeExpired(
        at now: Timestamp, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int {
        try database.statement(
            """
            DELETE FROM revocations WHERE (license, kind, value) IN (
                SELECT license, kind, value FROM revocations WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)
            RETURNING 1
            """
        ).all(.integer(now.milliseconds), .integer(Int64(removalSize))) { _ in 1 }.count
    }

    /// Reads `kind, value, issued_before`.
    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> Revocation {
        guard let kind = Revocation.Kind(rawValue: try row.text(0, "revocations.kind")) else {
            throw .damaged(column: "revocations.kind")
        }
        return Revocation(
            kind, try row.text(1, "revocations.value"),
            issuedBefore: Timestamp(milliseconds: try row.integer(2, "revocations.issued_before")))
    }
}
