package import AuthService
package import BridgeCore

extension SQLiteStore {
    /// The most decisions that go in one transaction: some milliseconds.
    static let housekeepingBatch = 256
    /// How many tenants are looked at in one read: about a millisecond.
    static let housekeepingSpan = 256

    package func removeDecisions(before time: Timestamp, audit: AuditStamp) async throws(StoreError) -> Int {
        var removed = 0
        var last: String? = ""
        while let previous = last {
            let span = try await reader.read { database throws(SQLiteError) in
                try ExpiredDecisions.tenants(after: previous, before: time, database)
            }
            removed += try await removeDecisions(of: span.licenses, before: time, audit)
            last = span.last
        }
        return removed
    }

    private func removeDecisions(
        of licenses: [String], before time: Timestamp, _ audit: AuditStamp
    ) async throws(StoreError) -> Int {
        var removed = 0
        var count = licenses.isEmpty ? 0 : Self.housekeepingBatch
        while count == Self.housekeepingBatch {
            count = try await writer.change { database throws(SQLiteError) in
                try database.savepoint { () throws(SQLiteError) in
                    let count = try ExpiredDecisions.removeBatch(of: licenses, before: time, database)
                    if count > 0 {
                        try AuditTrail.append(.expiredDecisions(count, before: time, audit), database)
                    }
                    return count
                }
            }
            removed += count
        }
        return removed
    }

    @discardableResult
    package func removeRemains(of license: License?) async throws(StoreError) -> Int {
        if let license { return try await removeAllRemains(of: license.value) }
        var removed = 0
        var last = ""
        while true {
            let previous = last
            let next = try await reader.read { database throws(SQLiteError) in
                try TenantRemains.next(after: previous, database)
            }
            guard let next else { return removed }
            removed += try await removeAllRemains(of: next)
            last = next
        }
    }

    private func removeAllRemains(of license: String) async throws(StoreError) -> Int {
        var removed = 0
        while true {
            let count = try await writer.change { database throws(SQLiteError) in
                try database.savepoint { () throws(SQLiteError) in
                    try TenantRemains.removeBatch(of: license, database)
                }
            }
            if count == 0 { return removed }
            removed += count
        }
    }
}

/// Decisions that have outlived their time.
///
/// Ids begin with the time (`RecordID`), so that the first one by id is the oldest, and no index by time is needed.
private enum ExpiredDecisions {
    /// Of the next tenants behind `license` those whose oldest decision was made before `time`.
    ///
    /// - Returns: them, and the last one that was looked at; `nil` where there are no more.
    static func tenants(
        after license: String, before time: Timestamp, _ database: SQLiteConnection
    ) throws(SQLiteError) -> (licenses: [String], last: String?) {
        let next = try database.statement(
            "SELECT license, time FROM decisions WHERE license > ?1 ORDER BY license, id LIMIT 1")
        var licenses: [String] = []
        var last = license
        for _ in 0..<SQLiteStore.housekeepingSpan {
            let found = try next.first(.text(last)) { row throws(SQLiteError) in
                (license: try row.text(0, "decisions.license"), time: try row.integer(1, "decisions.time"))
            }
            guard let found else { return (licenses, nil) }
            if found.time < time.milliseconds { licenses.append(found.license) }
            last = found.license
        }
        return (licenses, last)
    }

    /// Removes as many as may go in one transaction; fewer than that are all there were.
    static func removeBatch(
        of licenses: [String], before time: Timestamp, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int {
        let delete = try database.statement(
            """
            DELETE FROM decisions WHERE license = ?1 AND time < ?2
            AND id IN (SELECT id FROM decisions WHERE license = ?1 ORDER BY id LIMIT ?3)
            """)
        var removed = 0
        for license in licenses where removed < SQLiteStore.housekeepingBatch {
            try delete.run(
                .text(license), .integer(time.milliseconds),
                .integer(Int64(SQLiteStore.housekeepingBatch - removed)))
            removed += database.changedRows
        }
        return removed
    }
}
