import AuthService
import BridgeCore

/// Reads those who came through a connection, with their accounts.
struct SyncedPersonReader {
    private let id: ConnectionID
    private let organization: String
    private let page: SQLiteStatement
    private let one: SQLiteStatement

    /// - Parameter organization: that of the identities.
    init(_ database: SQLiteConnection, _ id: ConnectionID, organization: String) throws(SQLiteError) {
        self.id = id
        self.organization = organization
        page = try database.statement(
            """
            SELECT a.id, a.license, a.email, display_name, role, iif(a.suspended_at IS NULL, status, 'suspended'), a.created_at,
                last_login_at, a.email_proof,
                i.subject, granted_role, suspended_code, EXISTS (
                    SELECT 1 FROM identities AS o WHERE o.account_id = i.account_id AND o.suspended_at IS NULL
                    AND (o.connection, o.organization, o.subject) <> (i.connection, i.organization, i.subject))
            FROM identities AS i JOIN accounts AS a ON a.id = i.account_id
            WHERE i.license = ?1 AND i.connection = ?2 AND i.organization = ?3 AND i.subject > ?4
            ORDER BY i.subject LIMIT ?5
            """)
        one = try database.statement(
            """
            SELECT a.id, a.license, a.email, display_name, role, iif(a.suspended_at IS NULL, status, 'suspended'), a.created_at,
                last_login_at, a.email_proof,
                i.subject, granted_role, suspended_code, EXISTS (
                    SELECT 1 FROM identities AS o WHERE o.account_id = i.account_id AND o.suspended_at IS NULL
                    AND (o.connection, o.organization, o.subject) <> (i.connection, i.organization, i.subject))
            FROM identities AS i JOIN accounts AS a ON a.id = i.account_id
            WHERE i.license = ?1 AND i.connection = ?2 AND i.organization = ?3 AND i.subject = ?4
            """)
    }

    func people(after subject: String?, limit: Int) throws(SQLiteError) -> [SyncedPerson] {
        try page.all(
            .text(id.license.value), .text(id.identityName), .text(organization), .text(subject ?? ""),
            .integer(Int64(max(0, limit))), read: Self.read)
    }

    func person(_ subject: String) throws(SQLiteError) -> SyncedPerson? {
        try one.first(
            .text(id.license.value), .text(id.identityName), .text(organization), .text(subject), read: Self.read)
    }

    private static func read(_ row: SQLiteStatement) throws(SQLiteError) -> SyncedPerson {
        let next = AccountRow.columnCount
        let code = try row.optionalText(next + 2, "identities.suspended_code")
        return SyncedPerson(
            subject: try row.text(next, "identities.subject"), account: try AccountRow.read(row),
            grantedRole: try row.optionalText(next + 1, "identities.granted_role").flatMap(Role.init(rawValue:)),
            suspendedFor: code.map { ReasonCode(rawValue: $0) ?? .userInactive },
            hasOtherWay: try row.integer(next + 3, "identities") != 0)
    }
}
