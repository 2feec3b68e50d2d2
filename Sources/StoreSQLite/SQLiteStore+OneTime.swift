package import AuthService
package import BridgeCore
internal import CSQLite

extension SQLiteStore {
    package func keep(
        _ record: OneTimeRecord, limits: OneTimeLimits, at now: Timestamp
    ) async throws(StoreError) {
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                try TenantRow.require(record.license, database)
                try OneTimeRow.removeEnded(record.kind, at: now, limit: OneTimeRow.removalsAtInsert, database)
                try OneTimeRow.makeRoom(for: record, limits, database)
                try OneTimeRow.insert(record, database)
            }
        }
    }

    package func takeRecord(
        _ id: String, _ kind: OneTimeRecord.Kind, at now: Timestamp
    ) async throws(StoreError) -> OneTimeRecord? {
        try await writer.change { database throws(SQLiteError) in
            guard let record = try OneTimeRow.take(id, kind, database), now < record.expiresAt,
                try TenantRow.isThere(record.license, database)
            else { return nil }
            return record
        }
    }

    package func record(
        _ id: String, _ kind: OneTimeRecord.Kind, at now: Timestamp
    ) async throws(StoreError) -> OneTimeRecord? {
        try await reader.read { database throws(SQLiteError) in
            guard let record = try OneTimeRow.find(id, kind, database), now < record.expiresAt,
                try TenantRow.isThere(record.license, database)
            else { return nil }
            return record
        }
    }

    package func removeEndedRecords(at now: Timestamp) async throws(StoreError) -> Int {
        var removed = 0
        for kind in OneTimeRecord.Kind.allCases {
            var count = Self.housekeepingBatch
            while count == Self.housekeepingBatch {
                count = try await writer.change { database throws(SQLiteError) in
                    try OneTimeRow.removeEnded(kind, at: now, limit: Self.housekeepingBatch, database)
                }
                removed += count
            }
        }
        return removed
    }
}

/// A row of `one_time_records`; triggers count them in `one_time_counts`.
private enum OneTimeRow {
    /// How many that have ended go for each that comes: there are never more left than come in a record's life.
    static let removalsAtInsert = 16

    static func insert(_ record: OneTimeRecord, _ database: SQLiteConnection) throws(SQLiteError) {
        do throws(SQLiteError) {
            try database.statement(
                """
                INSERT INTO one_time_records (id, kind, license, source, content, expires_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                """
            ).run(
                .text(record.id), .text(record.kind.rawValue), .text(record.license.value), .text(record.source),
                .blob(record.content), .integer(record.expiresAt.milliseconds))
        } catch {
            guard error.code == bridge_sqlite_constraint_unique else { throw error }
            throw .refused(StoreError(.conflict, "there is a \(record.kind.rawValue) with this id already"))
        }
    }

    /// One statement, so that of two connections one gets the row.
    static func take(
        _ id: String, _ kind: OneTimeRecord.Kind, _ database: SQLiteConnection
    ) throws(SQLiteError) -> OneTimeRecord? {
        try database.statement(
            """
            DELETE FROM one_time_records WHERE id = ?1 AND kind = ?2
            RETURNING license, source, content, expires_at
            """
        ).all(.text(id), .text(kind.rawValue)) { row throws(SQLiteError) in try read(row, id, kind) }.first
    }

    static func find(
        _ id: String, _ kind: OneTimeRecord.Kind, _ database: SQLiteConnection
    ) throws(SQLiteError) -> OneTimeRecord? {
        try database.statement(
            "SELECT license, source, content, expires_at FROM one_time_records WHERE id = ?1 AND kind = ?2"
        ).first(.text(id), .text(kind.rawValue)) { row throws(SQLiteError) in try read(row, id, kind) }
    }

    private static func read(
        _ row: SQLiteStatement, _ id: String, _ kind: OneTimeRecord.Kind
    ) throws(SQLiteError) -> OneTimeRecord {
        guard let license = License(try row.text(0, "one_time_records.license")) else {
            throw .damaged(column: "one_time_records.license")
        }
        return OneTimeRecord(
            id: id, kind: kind, license: license, source: try row.text(1, "one_time_records.source"),
            content: try row.blob(2, "one_time_records.content"),
            expiresAt: Timestamp(milliseconds: try row.integer(3, "one_time_records.expires_at")))
    }

    @discardableResult
    static func removeEnded(
        _ kind: OneTimeRecord.Kind, at now: Timestamp, limit: Int, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int {
        try database.statement(
            """
            DELETE FROM one_time_records WHERE sequence IN (
                SELECT sequence FROM one_time_records WHERE kind = ?1 AND expires_at <= ?2 LIMIT ?3)
            """
        ).run(.text(kind.rawValue), .integer(now.milliseconds), .integer(Int64(limit)))
        return database.changedRows
    }

    static func makeRoom(
        for record: OneTimeRecord, _ limits: OneTimeLimits, _ database: SQLiteConnection
    ) throws(SQLiteError) {
        guard try count(record.kind, of: record.source, database) < limits.perSource else {
            throw .refused(.tooManyRecords(record.kind))
        }
        let excess = try count(record.kind, of: "", database) - limits.total + 1
        guard excess > 0 else { return }
        try database.statement(
            """
            DELETE FROM one_time_records WHERE sequence IN (
                SELECT sequence FROM one_time_records WHERE kind = ?1 ORDER BY expires_at LIMIT ?2)
            """
        ).run(.text(record.kind.rawValue), .integer(Int64(excess)))
    }

    /// - Parameter source: that of the records; empty for all of them.
    private static func count(
        _ kind: OneTimeRecord.Kind, of source: String, _ database: SQLiteConnection
    ) throws(SQLiteError) -> Int {
        let count = try database.statement("SELECT count FROM one_time_counts WHERE kind = ?1 AND source = ?2")
            .first(.text(kind.rawValue), .text(source)) { row throws(SQLiteError) in
                try row.integer(0, "one_time_counts.count")
            }
        return Int(count ?? 0)
    }
}
