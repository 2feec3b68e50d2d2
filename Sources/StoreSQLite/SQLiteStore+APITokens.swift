package import AuthService
package import BridgeCore
internal import CSQLite

extension SQLiteStore {
    package func insert(_ token: APIToken, audit: AuditStamp) async throws(StoreError) {
        try await writer.change { database throws(SQLiteError) in
            try AuditTrail.audited(database) { () throws(SQLiteError) in
                try APITokenRow.insert(token, database)
                return ((), .created(token, audit))
            }
        }
    }

    package func apiToken(digest: [UInt8]) async throws(StoreError) -> APIToken? {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT id, digest, scope, license, created_at, expires_at, last_used_at FROM api_tokens
                WHERE digest = ?1
                """
            ).first(.blob(digest), read: APITokenRow.read)
        }
    }

    package func apiTokens(
        of license: License?, after id: String?, limit: Int
    ) async throws(StoreError) -> [APIToken] {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT id, digest, scope, license, created_at, expires_at, last_used_at FROM api_tokens
                WHERE id > ?1 AND (?2 IS NULL OR license = ?2) ORDER BY id LIMIT ?3
                """
            ).all(.text(id ?? ""), .text(license?.value), .integer(Int64(max(0, limit))), read: APITokenRow.read)
        }
    }

    package func removeAPIToken(id: String, audit: AuditStamp) async throws(StoreError) -> APIToken {
        try await writer.change { database throws(SQLiteError) in
            try AuditTrail.audited(database) { () throws(SQLiteError) in
                guard let token = try APITokenRow.token(id, database) else {
                    throw .refused(StoreError(.notFound, "there is no API token with this id"))
                }
                try database.statement("DELETE FROM api_tokens WHERE id = ?1").run(.text(id))
                return (token, .revoked(token, audit))
            }
        }
    }

    package func recordUse(ofAPIToken id: String, at time: Timestamp) async throws(StoreError) {
        let latest = time.adding(seconds: -APIToken.useResolution)
        try await writer.change { database throws(SQLiteError) in
            try database.statement(
                """
                UPDATE api_tokens SET last_used_at = ?2
                WHERE id = ?1 AND (last_used_at IS NULL OR last_used_at <= ?3)
                """
            ).run(.text(id), .integer(time.milliseconds), .integer(latest.milliseconds))
        }
    }
}

/// A row of `api_tokens`.
private enum APITokenRow {
    static func insert(_ token: APIToken, _ database: SQLiteConnection) throws(SQLiteError) {
        if let license = token.grant.license { try TenantRow.require(license, database) }
        do throws(SQLiteError) {
            try database.statement(
                """
                INSERT INTO api_tokens (id, digest, scope, license, created_at, expires_at, last_used_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """
            ).run(
                .text(token.id), .blob(token.digest), .text(token.grant.scope.rawValue),
                .text(token.grant.license?.value), .integer(token.createdAt.milliseconds),
                .integer(token.expiresAt.milliseconds), .integer(token.lastUsedAt?.milliseconds))
        } catch {
            switch error.code {
            case bridge_sqlite_constraint_primary_key, bridge_sqlite_constraint_unique:
                throw .refused(StoreError(.conflict, "there is an API token with this id or digest already"))
            default: throw error
            }
        }
    }

    static func token(_ id: String, _ database: SQLiteConnection) throws(SQLiteError) -> APIToken? {
        try database.statement(
            """
            SELECT id, digest, scope, license, created_at, expires_at, last_used_at FROM api_tokens WHERE id = ?1
            """
        ).first(.text(id), read: read)
    }

    /// Reads `id, digest, scope, license, created_at, expires_at, last_used_at`.
    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> APIToken {
        APIToken(
            id: try row.text(0, "api_tokens.id"), digest: try row.blob(1, "api_tokens.digest"), grant: try grant(row),
            createdAt: Timestamp(milliseconds: try row.integer(4, "api_tokens.created_at")),
            expiresAt: Timestamp(milliseconds: try row.integer(5, "api_tokens.expires_at")),
            lastUsedAt: try row.optionalInteger(6, "api_tokens.last_used_at").map { Timestamp(milliseconds: $0) })
    }

    private static func grant(_ row: SQLiteStatement) throws(SQLiteError) -> APIGrant {
        guard let scope = APIScope(rawValue: try row.text(2, "api_tokens.scope")) else {
            throw .damaged(column: "api_tokens.scope")
        }
        let text = try row.optionalText(3, "api_tokens.license")
        let license = text.flatMap { License($0) }
        // A license that cannot be read must not become none, which is every tenant's.
        guard (text == nil) == (license == nil), let grant = APIGrant(scope, license: license) else {
            throw .damaged(column: "api_tokens.license")
        }
        return grant
    }
}
