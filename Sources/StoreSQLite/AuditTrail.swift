import AuthService
import BridgeCore

/// Appends to the audit trail, within the transaction of what the entry is about.
enum AuditTrail {
    /// Adds `entry` behind the last one; of several processes that write, the file lets one in at a time.
    ///
    /// - Returns: the number of the entry.
    @discardableResult
    static func append(_ entry: AuditEntry, _ database: SQLiteConnection) throws(SQLiteError) -> Int64 {
        try append(entry, after: try end(database), database).sequence
    }

    /// The entry that the trail ends with; `nil` where there is none.
    static func end(_ database: SQLiteConnection) throws(SQLiteError) -> AuditChain.End? {
        try database.statement("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1")
            .first { row throws(SQLiteError) in
                AuditChain.End(
                    sequence: try row.integer(0, "audit.sequence"), hash: try row.blob(1, "audit.hash"))
            }
    }

    /// Adds `entry` behind `last`, which the trail ends with; returns what it ends with then.
    static func append(
        _ entry: AuditEntry, after last: AuditChain.End?, _ database: SQLiteConnection
    ) throws(SQLiteError) -> AuditChain.End {
        let record: AuditRecord
        do throws(StoreError) {
            record = try AuditChain.record(entry, after: last)
        } catch {
            throw .refused(error)
        }
        try database.statement(
            """
            INSERT INTO audit (sequence, time, license, actor, action, account, code, line, hash)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """
        ).run(
            .integer(record.sequence), .integer(entry.time.milliseconds), .text(entry.license?.value),
            .text(entry.actor.name), .text(entry.action), .text(entry.account), .text(entry.code?.rawValue),
            .text(record.line), .blob(record.hash))
        return record.end
    }

    /// Makes a change and adds its entry, both or none.
    static func audited<Value>(
        _ database: SQLiteConnection, _ change: () throws(SQLiteError) -> (Value, AuditEntry?)
    ) throws(SQLiteError) -> Value {
        try database.savepoint { () throws(SQLiteError) in
            let (value, entry) = try change()
            if let entry { try append(entry, database) }
            return value
        }
    }

    /// Reads `sequence, line, hash, time, license, actor, action, account, code`.
    static func read(_ row: SQLiteStatement) throws(SQLiteError) -> AuditRecord {
        AuditRecord(
            sequence: try row.integer(0, "audit.sequence"), line: try row.text(1, "audit.line"),
            hash: try row.blob(2, "audit.hash"),
            index: AuditIndex(
                time: Timestamp(milliseconds: try row.integer(3, "audit.time")),
                license: try row.optionalText(4, "audit.license"), actor: try row.text(5, "audit.actor"),
                action: try row.text(6, "audit.action"), account: try row.optionalText(7, "audit.account"),
                code: try row.optionalText(8, "audit.code")))
    }
}
