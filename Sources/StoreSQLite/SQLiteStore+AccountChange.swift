package import AuthService
import BridgeCore

extension SQLiteStore {
    package func change(
        _ accountID: String, of license: License, _ patch: AccountPatch, allowsLastAdministrator: Bool,
        audit: AuditStamp
    ) async throws(StoreError) -> AccountChange {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                guard try TenantRow.isThere(license, database),
                    let account = try AccountRow.account(id: accountID, of: license, database)
                else { throw .refused(.unknownAccount(of: license)) }
                let change = try AccountRow.change(account, patch, audit)
                guard change.changesAnything else { return change }
                if change.takesAdministrator, !allowsLastAdministrator,
                    !(try AccountRow.hasAdministrator(of: license, besides: accountID, database))
                {
                    throw .refused(change.lastAdministratorRefusal)
                }
                try AccountRow.write(change, audit, database)
                return change
            }
        }
    }

    package func hasAdministrator(
        of license: License, besides accountID: String
    ) async throws(StoreError) -> Bool {
        try await reader.read { database throws(SQLiteError) in
            guard try TenantRow.isThere(license, database) else { return false }
            return try AccountRow.hasAdministrator(of: license, besides: accountID, database)
        }
    }
}

extension AccountRow {
    /// The account with the id.
    static func account(
        id: String, of license: License, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Account? {
        try database.statement(
            """
            SELECT id, license, email, display_name, role, iif(suspended_at IS NULL, status, 'suspended'), created_at,
                last_login_at, email_proof
            FROM accounts WHERE id = ?1 AND license = ?2
            """
        ).first(.text(id), .text(license.value), read: read)
    }

    fileprivate static func change(
        _ account: Account, _ patch: AccountPatch, _ audit: AuditStamp
    ) throws(SQLiteError) -> AccountChange {
        do throws(StoreError) {
            return try AccountChange(account, patch, audit)
        } catch {
            throw .refused(error)
        }
    }

    /// Whether the tenant has an active administrator besides that account.
    static func hasAdministrator(
        of license: License, besides id: String, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Bool {
        // The words of the index: it holds active administrators alone.
        try database.statement(
            """
            SELECT 1 FROM accounts
            WHERE license = ?1 AND role = 'administrator' AND status = 'active' AND suspended_at IS NULL AND id <> ?2
            LIMIT 1
            """
        ).first(.text(license.value), .text(id)) { _ in true } ?? false
    }

    fileprivate static func write(
        _ change: AccountChange, _ audit: AuditStamp, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        let account = change.after
        try database.statement(
            """
            UPDATE accounts SET status = ?3, role = ?4, email = ?5, email_proof = ?6,
                suspended_at = iif(?7, suspended_at, NULL)
            WHERE id = ?1 AND license = ?2
            """
        ).run(
            .text(account.id), .text(account.license.value), .text(account.status.stored),
            .text(account.role.rawValue), .text(account.email.value), .text(account.emailProof.rawValue),
            .integer(account.status == .suspended ? 1 : 0))
        if change.endsSuspension { try endSuspension(of: account.id, database) }
        try AuditTrail.append(change.entry(audit), database)
        for revocation in change.revocations {
            try RevocationRow.revoke(revocation, of: account.license, isCounted: false, audit, database)
        }
    }
}

extension AccountRow {
    /// Opens every way in that a sync has closed.
    private static func endSuspension(of id: String, _ database: SQLiteConnection) throws(SQLiteError) {
        try database.statement(
            "UPDATE identities SET suspended_at = NULL, suspended_code = NULL WHERE account_id = ?1"
        ).run(.text(id))
    }
}

extension Account.Status {
    /// What the column `status` holds, which is what somebody said by name; `suspended_at` is what a sync did.
    fileprivate var stored: String { self == .disabled ? "disabled" : "active" }
}

extension StoreError {
    /// What is changed about an account that the tenant does not have.
    static func unknownAccount(of license: License) -> StoreError {
        StoreError(
            .notFound, "the tenant \(license) has no account with this id",
            hint: "cobrowse-sso account list --license \(license) shows its accounts")
    }
}
