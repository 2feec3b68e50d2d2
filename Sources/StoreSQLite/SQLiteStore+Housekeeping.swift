package import AuthService
package import BridgeCore

extension SQLiteStore {
    /// The most decisions that go in one transaction: some milliseconds.
    static let housekeepingBatch = 256

    package func removeDecisions(before time: Timestamp, _ entry: AuditEntry) async throws(StoreError) -> Int {
        var removed = 0
        var license: String? = ""
        while let previous = license {
            license = try await reader.read { database throws(SQLiteError) in
                try Self.nextLicense(after: previous, withDecisionsBefore: time, database)
            }
            guard let found = license else { return removed }
            var batch = Self.housekeepingBatch
            while batch == Self.housekeepingBatch {
                let entry = removed == 0 ? entry : nil
                batch = try await writer.change { database throws(SQLiteError) in
                    try database.savepoint { () throws(SQLiteError) in
                        let count = try Self.removeBatch(of: found, before: time, database)
                        if let entry, count > 0 { try AuditTrail.append(entry, database) }
                        return count
                    }
                }
                removed += batch
            }
        }
        return removed
    }

    /// The first tenant behind `license` whose oldest decision was made before `time`.
    ///
    /// Ids begin with the time (`RecordID`), so that the first one by id is the oldest, and no index by time is needed.
    private static func nextLicense(
        after license: String, withDecisionsBefore time: Timestamp, _ database: SQLiteConnection
    ) throws(SQLiteError) -> String? {
        let next = try database.statement(
            "SELECT license, time FROM decisions WHERE license > ?1 ORDER BY license, id LIMIT 1")
        var license = license
        while true {
            let found = try next.first(.text(license)) { row throws(SQLiteError) in
                (license: try row.text(0, "decisions.license"), time: try row.integer(1, "decisions.time"))
            }
            guard let found else { return nil }
            if found.time < time.milliseconds { return found.license }
            license = found.license
        }
    }

    private static func removeBatch(
        of license: String, before time: Timestamp, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int {
        try database.statement(
            """
            DELETE FROM decisions WHERE license = ?1 AND time < ?2
            AND id IN (SELECT id FROM decisions WHERE license = ?1 ORDER BY id LIMIT ?3)
            """
        ).run(.text(license), .integer(time.milliseconds), .integer(Int64(housekeepingBatch)))
        return database.changedRows
    }
}
