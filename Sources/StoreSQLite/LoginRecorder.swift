import AuthService
import BridgeCore
internal import CSQLite

/// Writes logins down: an upsert, then the row read back where there was one already. `RETURNING` was measured not to
/// be faster.
struct LoginRecorder {
    private let database: SQLiteConnection
    private let upsert: SQLiteStatement
    private let select: SQLiteStatement

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        self.database = database
        // Of two logins that overtook one another on their way here the later one stays the last one, with its role
        // and its name. A disabled account is left alone: the login that meets it is refused.
        upsert = try database.statement(
            """
            INSERT INTO accounts (license, email, id, display_name, role, status, created_at, last_login_at)
            VALUES (?1, ?2, ?3, ?4, ?5, 'active', ?6, ?6)
            ON CONFLICT (license, email) DO UPDATE SET
                display_name = CASE WHEN excluded.last_login_at >= last_login_at
                    THEN coalesce(excluded.display_name, display_name)
                    ELSE coalesce(display_name, excluded.display_name) END,
                role = CASE WHEN excluded.last_login_at >= last_login_at THEN excluded.role ELSE role END,
                last_login_at = max(last_login_at, excluded.last_login_at)
            WHERE status = 'active'
            """)
        select = try database.statement(
            """
            SELECT id, display_name, status, created_at, last_login_at, role FROM accounts
            WHERE license = ?1 AND email = ?2
            """)
    }

    /// Writes `login` down inside the open transaction and returns the account as it then is.
    func record(_ login: Login) throws(SQLiteError) -> Account {
        // An upsert that inserts sets the last row id, one that updates does not.
        database.lastInsertedRow = 0
        try write(login)
        if database.lastInsertedRow != 0 { return Account(first: login) }
        return try storedAccount(of: login)
    }

    private func storedAccount(of login: Login) throws(SQLiteError) -> Account {
        defer { select.reset() }
        try select.bind(login.license.value, at: 1)
        try select.bind(login.email.value, at: 2)
        guard try select.step() else { throw .damaged(column: "accounts.email") }
        return try selectedAccount(of: login)
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
    private func selectedAccount(of login: Login) throws(SQLiteError) -> Account {
        let id = select.holds(login.newAccountID, in: 0) ? login.newAccountID : try select.text(0, "accounts.id")
        let status = try AccountRow.status(select, 2)
        let lastLogin = Timestamp(milliseconds: try select.integer(4, "accounts.last_login_at"))
        let isUpdated = status == .active && lastLogin == login.time
        var name = isUpdated ? login.displayName : nil
        if name == nil { name = try select.optionalText(1, "accounts.display_name") }
        let role = isUpdated ? login.role : try AccountRow.role(select, 5)
        return Account(
            id: id, license: login.license, email: login.email, displayName: name, role: role, status: status,
            createdAt: Timestamp(milliseconds: try select.integer(3, "accounts.created_at")), lastLoginAt: lastLogin)
    }
}

extension Account {
    /// The account that a first login makes.
    fileprivate init(first login: Login) {
        self.init(
            id: login.newAccountID, license: login.license, email: login.email, displayName: login.displayName,
            role: login.role, status: .active, createdAt: login.time, lastLoginAt: login.time)
    }
}
