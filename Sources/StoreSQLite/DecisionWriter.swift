import AuthService
import BridgeCore

/// Writes decisions down, each with its line of the audit trail.
struct DecisionWriter {
    private let memory: TransactionMemory
    private let insert: SQLiteStatement

    init(_ database: SQLiteConnection, _ memory: TransactionMemory) throws(SQLiteError) {
        self.memory = memory
        insert = try database.statement(
            """
            INSERT INTO decisions (license, id, time, outcome, code, email, account_id, document)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
    }

    /// Writes a decision whose line of the audit trail is that of the change it came to.
    func insert(_ decision: Decision) throws(SQLiteError) {
        try insert.run(
            .text(decision.license.value), .text(decision.id), .integer(decision.time.milliseconds),
            .text(decision.code == nil ? "allow" : "deny"), .text(decision.code?.rawValue), .text(decision.email),
            .text(decision.accountID), .text(decision.document))
    }

    /// A decision about a tenant that has been removed meanwhile leaves its audit line only.
    func write(_ decision: Decision) throws(SQLiteError) {
        if try memory.isThere(decision.license) { try insert(decision) }
        try memory.append(decision.auditEntry)
    }
}
