package import AuthService
import BridgeCore

extension SQLiteStore {
    package func append(_ decision: Decision) async throws(StoreError) {
        try await writer.append(decision)
    }

    package func note(_ decision: Decision) -> Bool { writer.note(decision) }

    package func decision(_ id: String, of license: License) async throws(StoreError) -> StoredDecision? {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return nil }
            return try database.statement(
                "SELECT id, license, time, document FROM decisions WHERE license = ?1 AND id = ?2"
            ).first(.text(license.value), .text(id), read: DecisionRow.read)
        }
    }

    package func decisions(
        of license: License, email: String?, before id: String?, limit: Int
    ) async throws(StoreError) -> [StoredDecision] {
        // No id is greater than `dec` and a character behind all digits.
        let (before, limit) = (id ?? "ded", Int64(max(0, limit)))
        return try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return [] }
            guard let email else {
                return try database.statement(
                    """
                    SELECT id, license, time, document FROM decisions
                    WHERE license = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3
                    """
                ).all(.text(license.value), .text(before), .integer(limit), read: DecisionRow.read)
            }
            return try database.statement(
                """
                SELECT id, license, time, document FROM decisions
                WHERE license = ?1 AND id < ?2 AND email = ?4 ORDER BY id DESC LIMIT ?3
                """
            ).all(.text(license.value), .text(before), .integer(limit), .text(email), read: DecisionRow.read)
        }
    }

    package func latestDecisions(
        of license: License, after email: EmailAddress?, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)] {
        let accounts = try await accounts(of: license, after: email, limit: limit)
        return try await reader.read { database throws(SQLiteError) in
            try DecisionRow.newest(of: accounts, database)
        }
    }

    package func latestDecisionsOfAdministrators(
        of license: License, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)] {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return [] }
            let accounts = try database.statement(
                """
                SELECT id, license, email, display_name, role, status, created_at, last_login_at, email_proof
                FROM accounts
                WHERE license = ?1 AND role = 'administrator' AND status = 'active' AND suspended_at IS NULL LIMIT ?2
                """
            ).all(.text(license.value), .integer(Int64(max(0, limit))), read: AccountRow.read)
            return try DecisionRow.newest(of: accounts, database)
        }
    }
}

/// A row of `decisions`.
private enum DecisionRow {
    /// The newest decision with facts about the address of each account.
    static func newest(
        of accounts: [Account], _ database: SQLiteConnection
    ) throws(SQLiteError) -> [(account: Account, decision: StoredDecision?)] {
        let statement = try database.statement(
            """
            SELECT id, license, time, document FROM decisions
            WHERE license = ?1 AND email = ?2 AND instr(document, '"facts":') > 0 ORDER BY id DESC LIMIT 1
            """)
        var rows: [(account: Account, decision: StoredDecision?)] = []
        for account in accounts {
            let decision = try statement.first(
                .text(account.license.value), .text(account.email.value), read: read)
            rows.append((account, decision))
        }
        return rows
    }

    /// Reads `id, license, time, document`.
    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> StoredDecision {
        guard let license = License(try row.text(1, "decisions.license")) else {
            throw .damaged(column: "decisions.license")
        }
        return StoredDecision(
            id: try row.text(0, "decisions.id"), license: license,
            time: Timestamp(milliseconds: try row.integer(2, "decisions.time")),
            document: try row.text(3, "decisions.document"))
    }
}
