import AuthService
import BridgeCore

/// Reads those who came through a connection, with their accounts.
struct SyncedPersonReader {
    private let id: ConnectionID
    private let organization: String
    /// `UsableWays` as a JSON array.
    private let ways: String
    private let page: SQLiteStatement
    private let one: SQLiteStatement

    /// - Parameter organization: that of the identities.
    init(_ database: SQLiteConnection, _ id: ConnectionID, organization: String) throws(SQLiteError) {
        self.id = id
        self.organization = organization
        ways = try Self.ways(of: id.license, database)
        page = try database.statement(
            """
            SELECT a.id, a.license, a.email, display_name, role, iif(a.suspended_at IS NULL, status, 'suspended'), a.created_at,
                last_login_at, a.email_proof,
                i.subject, granted_role, suspended_code, (
                    SELECT max(coalesce(o.granted_role, 'administrator') = 'administrator') FROM identities AS o WHERE o.account_id = i.account_id AND o.suspended_at IS NULL
                    AND (o.connection, o.organization, o.subject) <> (i.connection, i.organization, i.subject)
                    AND EXISTS (SELECT 1 FROM json_each(?5) WHERE value IN (o.connection, o.connection || ' ' || o.organization)))
            FROM identities AS i JOIN accounts AS a ON a.id = i.account_id
            WHERE i.license = ?1 AND i.connection = ?2 AND i.organization = ?3 AND i.subject > ?4
            ORDER BY i.subject LIMIT ?6
            """)
        one = try database.statement(
            """
            SELECT a.id, a.license, a.email, display_name, role, iif(a.suspended_at IS NULL, status, 'suspended'), a.created_at,
                last_login_at, a.email_proof,
                i.subject, granted_role, suspended_code, (
                    SELECT max(coalesce(o.granted_role, 'administrator') = 'administrator') FROM identities AS o WHERE o.account_id = i.account_id AND o.suspended_at IS NULL
                    AND (o.connection, o.organization, o.subject) <> (i.connection, i.organization, i.subject)
                    AND EXISTS (SELECT 1 FROM json_each(?5) WHERE value IN (o.connection, o.connection || ' ' || o.organization)))
            FROM identities AS i JOIN accounts AS a ON a.id = i.account_id
            WHERE i.license = ?1 AND i.connection = ?2 AND i.organization = ?3 AND i.subject = ?4
            """)
    }

    private static func ways(of license: License, _ database: SQLiteConnection) throws(SQLiteError) -> String {
        let signer = try database.statement(
            "SELECT 1 FROM trusted_keys WHERE license = ?1 AND retired_at IS NULL LIMIT 1"
        ).first(.text(license.value)) { _ in true }
        let ways = UsableWays(
            try ConnectionRow.connections(of: license, database), trustsSigner: signer != nil)
        var writer = JSONWriter()
        writer.array { writer in for name in ways.names { writer.string(name) } }
        return writer.text
    }

    func people(after subject: String?, limit: Int) throws(SQLiteError) -> [SyncedPerson] {
        try page.all(
            .text(id.license.value), .text(id.identityName), .text(organization), .text(subject ?? ""), .text(ways),
            .integer(Int64(max(0, limit))), read: Self.read)
    }

    func person(_ subject: String) throws(SQLiteError) -> SyncedPerson? {
        try one.first(
            .text(id.license.value), .text(id.identityName), .text(organization), .text(subject), .text(ways),
            read: Self.read)
    }

    private static func read(_ row: SQLiteStatement) throws(SQLiteError) -> SyncedPerson {
        let next = AccountRow.columnCount
        let code = try row.optionalText(next + 2, "identities.suspended_code")
        return SyncedPerson(
            subject: try row.text(next, "identities.subject"), account: try AccountRow.read(row),
            grantedRole: try row.optionalText(next + 1, "identities.granted_role").flatMap(Role.init(rawValue:)),
            suspendedFor: code.map { ReasonCode(rawValue: $0) ?? .userInactive },
            otherRole: try row.optionalInteger(next + 3, "identities").map { $0 == 0 ? .agent : .administrator })
    }
}
