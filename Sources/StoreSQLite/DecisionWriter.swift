import AuthService
import BridgeCore

/// Writes decisions down, each with its line of the audit trail.
struct DecisionWriter {
    private let database: SQLiteConnection
    private let insert: SQLiteStatement

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        self.database = database
        insert = try database.statement(
            """
            INSERT INTO decisions (license, id, time, outcome, code, email, account_id, document)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
    }

    /// A decision about a tenant that has been removed meanwhile leaves its audit line only.
    func write(_ decision: Decision) throws(SQLiteError) {
        if try TenantRow.isThere(decision.license, database) {
            try insert.run(
                .text(decision.license.value), .text(decision.id), .integer(decision.time.milliseconds),
                .text(decision.code == nil ? "allow" : "deny"), .text(decision.code?.rawValue), .text(decision.email),
                .text(decision.accountID), .text(decision.document))
        }
        try AuditTrail.append(decision.auditEntry, database)
    }
}
