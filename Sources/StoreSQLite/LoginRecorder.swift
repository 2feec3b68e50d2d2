import AuthService
import BridgeCore
internal import CSQLite

/// Writes logins down: an upsert, then the row read back, which was measured to be no slower than `RETURNING`.
struct LoginRecorder {
    private let upsert: SQLiteStatement
    private let select: SQLiteStatement

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        // The later of two logins that overtook one another on their way here stays the last one.
        upsert = try database.statement(
            """
            INSERT INTO accounts (license, email, id, display_name, role, status, created_at, last_login_at)
            VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?6)
            ON CONFLICT (license, email) DO UPDATE SET
                display_name = coalesce(excluded.display_name, display_name),
                role = excluded.role,
                last_login_at = max(last_login_at, excluded.last_login_at)
            """)
        select = try database.statement(
            """
            SELECT id, display_name, status, created_at, last_login_at FROM accounts
            WHERE license = ?1 AND email = ?2
            """)
    }

    /// Writes `login` down inside the open transaction and returns the account as it then is.
    func record(_ login: Login) throws(SQLiteError) -> Account {
        try write(login)
        defer { select.reset() }
        try select.bind(login.license.value, at: 1)
        try select.bind(login.email.value, at: 2)
        guard try select.step() else { throw .damaged(column: "accounts.email") }
        return try account(of: login)
    }

    private func write(_ login: Login) throws(SQLiteError) {
        defer { upsert.reset() }
        try upsert.bind(login.license.value, at: 1)
        try upsert.bind(login.email.value, at: 2)
        try upsert.bind(login.newAccountID, at: 3)
        try upsert.bind(login.displayName, at: 4)
        try upsert.bind(login.role.rawValue, at: 5)
        try upsert.bind(login.time.milliseconds, at: 6)
        do throws(SQLiteError) {
            _ = try upsert.step()
        } catch {
            switch error.code {
            case bridge_sqlite_constraint_foreign_key: throw .refused(.unknownTenant(login.license))
            case bridge_sqlite_constraint_unique:
                throw .refused(StoreError(.conflict, "the account id \(login.newAccountID) is taken"))
            default: throw error
            }
        }
    }

    /// The selected row; strings that the login already holds are shared with it.
    private func account(of login: Login) throws(SQLiteError) -> Account {
        let id = select.holds(login.newAccountID, in: 0) ? login.newAccountID : try select.text(0, "accounts.id")
        var name = login.displayName
        if name == nil { name = try select.optionalText(1, "accounts.display_name") }
        let status = try AccountRow.status(select, 2)
        return Account(
            id: id, license: login.license, email: login.email, displayName: name, role: login.role, status: status,
            createdAt: Timestamp(milliseconds: try select.integer(3, "accounts.created_at")),
            lastLoginAt: Timestamp(milliseconds: try select.integer(4, "accounts.last_login_at")))
    }
}
