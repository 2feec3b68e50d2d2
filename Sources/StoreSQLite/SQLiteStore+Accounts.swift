package import AuthService
import BridgeCore

extension SQLiteStore {
    package func settle(_ attempt: LoginAttempt) async throws(StoreError) -> SettledLogin {
        try await writer.settle(attempt)
    }

    package func standing(of grant: Grant, in license: License) async throws(StoreError) -> Standing {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else {
                return Standing(linked: nil, holder: nil, hasOtherAdministrator: true)
            }
            return try StandingReader(database).standing(of: grant, in: license)
        }
    }

    package func account(_ email: EmailAddress, of license: License) async throws(StoreError) -> Account? {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return nil }
            return try database.statement(
                """
                SELECT id, license, email, display_name, role, iif(suspended_at IS NULL, status, 'suspended'), created_at,
                    last_login_at, email_proof
                FROM accounts
                WHERE license = ?1 AND email = ?2
                """
            ).first(.text(license.value), .text(email.value), read: AccountRow.read)
        }
    }

    package func account(id: String, of license: License) async throws(StoreError) -> Account? {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return nil }
            return try database.statement(
                """
                SELECT id, license, email, display_name, role, iif(suspended_at IS NULL, status, 'suspended'), created_at,
                    last_login_at, email_proof
                FROM accounts
                WHERE id = ?1 AND license = ?2
                """
            ).first(.text(id), .text(license.value), read: AccountRow.read)
        }
    }

    package func accounts(
        of license: License, after email: EmailAddress?, limit: Int
    ) async throws(StoreError) -> [Account] {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return [] }
            // No address is empty; a negative LIMIT would be none.
            return try database.statement(
                """
                SELECT id, license, email, display_name, role, iif(suspended_at IS NULL, status, 'suspended'), created_at,
                    last_login_at, email_proof
                FROM accounts
                WHERE license = ?1 AND email > ?2 ORDER BY email LIMIT ?3
                """
            ).all(
                .text(license.value), .text(email?.value ?? ""), .integer(Int64(max(0, limit))),
                read: AccountRow.read)
        }
    }
}

/// A row of `accounts`.
enum AccountRow {
    /// How many columns `read` reads.
    static let columnCount: Int32 = 9

    /// Reads `id, license, email, display_name, role`, what counts of `status` and `suspended_at`, `created_at,
    /// last_login_at, email_proof`.
    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> Account {
        guard let license = License(try row.text(1, "accounts.license")) else {
            throw .damaged(column: "accounts.license")
        }
        guard let email = EmailAddress(try row.text(2, "accounts.email")) else {
            throw .damaged(column: "accounts.email")
        }
        return Account(
            id: try row.text(0, "accounts.id"), license: license, email: email, emailProof: try proof(row, 8),
            displayName: try row.optionalText(3, "accounts.display_name"), role: try role(row, 4),
            status: try status(row, 5),
            createdAt: Timestamp(milliseconds: try row.integer(6, "accounts.created_at")),
            lastLoginAt: Timestamp(milliseconds: try row.integer(7, "accounts.last_login_at")))
    }

    private static func proof(_ row: SQLiteStatement, _ column: Int32) throws(SQLiteError) -> EmailProof {
        guard let proof = EmailProof(rawValue: try row.text(column, "accounts.email_proof")) else {
            throw .damaged(column: "accounts.email_proof")
        }
        return proof
    }

    /// Reads `role`.
    static func role(_ row: SQLiteStatement, _ column: Int32) throws(SQLiteError) -> Role {
        guard let role = Role(rawValue: try row.text(column, "accounts.role")) else {
            throw .damaged(column: "accounts.role")
        }
        return role
    }

    /// Reads `status`, or `suspended` in its place.
    static func status(_ row: SQLiteStatement, _ column: Int32) throws(SQLiteError) -> Account.Status {
        guard let status = Account.Status(rawValue: try row.text(column, "accounts.status")) else {
            throw .damaged(column: "accounts.status")
        }
        return status
    }
}
