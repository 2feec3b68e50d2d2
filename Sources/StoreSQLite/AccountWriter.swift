import AuthService
import BridgeCore
internal import CSQLite

/// Writes the account of a settled login, and its identity where that is new or has a new address.
struct AccountWriter {
    private let insert: SQLiteStatement
    private let update: SQLiteStatement
    private let link: SQLiteStatement

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        insert = try database.statement(
            """
            INSERT INTO accounts
                (license, email, id, display_name, role, status, created_at, last_login_at, email_proof)
            VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?7, ?8)
            """)
        update = try database.statement(
            """
            UPDATE accounts SET email = ?2, display_name = ?3, role = ?4, last_login_at = ?5, email_proof = ?6,
                suspended_at = NULL
            WHERE id = ?1
            """)
        link = try database.statement(
            """
            INSERT INTO identities
                (license, connection, organization, subject, account_id, email, email_proof, created_at, granted_role)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT DO UPDATE SET email = excluded.email, email_proof = excluded.email_proof,
                granted_role = excluded.granted_role, suspended_at = CASE WHEN ?10 THEN suspended_at END,
                suspended_code = CASE WHEN ?10 THEN suspended_code END
            """)
    }

    func write(_ settlement: AccountSettlement, _ attempt: LoginAttempt) throws(SQLiteError) {
        if settlement.isNew { try add(settlement.account) } else { try change(settlement.account) }
        guard let identity = settlement.identity else { return }
        try link.run(
            .text(attempt.license.value), .text(identity.connection), .text(identity.organization),
            .text(identity.subject), .text(settlement.account.id), .text(attempt.grant.email.value),
            .text(attempt.grant.proof.rawValue), .integer(attempt.time.milliseconds),
            .text(settlement.grantedRole(by: attempt.grant).rawValue),
            .integer(attempt.grant.unmatched == nil ? 0 : 1))
    }

    private func add(_ account: Account) throws(SQLiteError) {
        do throws(SQLiteError) {
            try insert.run(
                .text(account.license.value), .text(account.email.value), .text(account.id),
                .text(account.displayName), .text(account.role.rawValue), .integer(account.createdAt.milliseconds),
                .integer(account.lastLoginAt.milliseconds), .text(account.emailProof.rawValue))
        } catch {
            guard error.code == bridge_sqlite_constraint_unique else { throw error }
            throw .refused(StoreError(.conflict, "the account id \(account.id) is taken"))
        }
    }

    private func change(_ account: Account) throws(SQLiteError) {
        try update.run(
            .text(account.id), .text(account.email.value), .text(account.displayName), .text(account.role.rawValue),
            .integer(account.lastLoginAt.milliseconds), .text(account.emailProof.rawValue))
    }
}
