package import AuthService
import BridgeCore

extension SQLiteStore {
    package func append(_ entries: [AuditEntry]) async throws(StoreError) {
        if entries.isEmpty { return }
        try await writer.change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                for entry in entries { try AuditTrail.append(entry, database) }
            }
        }
    }

    package func audit(
        _ query: AuditQuery, after sequence: Int64?, order: AuditOrder, limit: Int
    ) async throws(StoreError) -> [AuditRecord] {
        var span = AuditSpan(order, after: sequence, last: try await lastAuditSequence())
        var found: [AuditRecord] = []
        // One window a turn, so that a search for what is rare does not keep the reads of logins waiting.
        while found.count < limit, let window = span.next() {
            let missing = limit - found.count
            found += try await reader.read { database throws(SQLiteError) in
                try AuditSelection.statement(query, order, database)
                    .all(AuditSelection.values(query, window, limit: missing), read: AuditTrail.read)
            }
        }
        return found
    }

    package func auditRecords(after sequence: Int64, limit: Int) async throws(StoreError) -> [AuditRecord] {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT sequence, line, hash, time, license, actor, action, account, code FROM audit
                WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
                """
            ).all(.integer(sequence), .integer(Int64(max(0, limit))), read: AuditTrail.read)
        }
    }

    private func lastAuditSequence() async throws(StoreError) -> Int64 {
        try await reader.read { database throws(SQLiteError) in
            try database.integer("SELECT coalesce(max(sequence), 0) FROM audit")
        }
    }
}

/// The entries a search has yet to look at, handed out in windows.
private struct AuditSpan {
    /// How many entries one read looks at: a few milliseconds.
    private static let windowSize: Int64 = 10_000

    private let order: AuditOrder
    /// The first and the last entry that have not been looked at.
    private var first: Int64
    private var last: Int64

    init(_ order: AuditOrder, after sequence: Int64?, last: Int64) {
        self.order = order
        switch (order, sequence) {
        case (_, nil): (first, self.last) = (1, last)
        case (.oldestFirst, .some(let sequence)): (first, self.last) = (min(max(sequence, 0), last) + 1, last)
        case (.newestFirst, .some(let sequence)): (first, self.last) = (1, min(max(sequence, 1) - 1, last))
        }
    }

    /// The next window; `nil` when there is none left.
    mutating func next() -> ClosedRange<Int64>? {
        guard first <= last else { return nil }
        let size = min(Self.windowSize, last - first + 1)
        switch order {
        case .oldestFirst:
            defer { first += size }
            return first...(first + size - 1)
        case .newestFirst:
            defer { last -= size }
            return (last - size + 1)...last
        }
    }
}

/// The statements of a search. Those with a license go by its index; text that is not known when the program is
/// built does not become SQL, so each is written out.
private enum AuditSelection {
    static func statement(
        _ query: AuditQuery, _ order: AuditOrder, _ database: SQLiteConnection
    ) throws(SQLiteError) -> SQLiteStatement {
        switch (query.license, order) {
        case (nil, .oldestFirst): try database.statement(oldestFirst)
        case (nil, .newestFirst): try database.statement(newestFirst)
        case (.some, .oldestFirst): try database.statement(oldestFirstOfLicense)
        case (.some, .newestFirst): try database.statement(newestFirstOfLicense)
        }
    }

    /// The parameters, in the order of all four statements.
    static func values(_ query: AuditQuery, _ window: ClosedRange<Int64>, limit: Int) -> [SQLiteValue] {
        let values: [SQLiteValue] = [
            .integer(window.lowerBound), .integer(window.upperBound), .integer(Int64(limit)),
            .integer(query.since?.milliseconds), .integer(query.until?.milliseconds), .text(query.actor),
            .text(query.account?.name), .text(query.account?.otherName), .text(query.code?.rawValue),
            .text(query.action),
        ]
        return query.license.map { values + [.text($0.value)] } ?? values
    }

    private static let oldestFirst: StaticString = """
        SELECT sequence, line, hash, time, license, actor, action, account, code FROM audit
        WHERE sequence BETWEEN ?1 AND ?2 AND (?4 IS NULL OR time >= ?4) AND (?5 IS NULL OR time < ?5)
            AND (?6 IS NULL OR actor = ?6) AND (?7 IS NULL OR account IN (?7, ?8))
            AND (?9 IS NULL OR code = ?9) AND (?10 IS NULL OR action = ?10)
        ORDER BY sequence LIMIT ?3
        """
    private static let newestFirst: StaticString = """
        SELECT sequence, line, hash, time, license, actor, action, account, code FROM audit
        WHERE sequence BETWEEN ?1 AND ?2 AND (?4 IS NULL OR time >= ?4) AND (?5 IS NULL OR time < ?5)
            AND (?6 IS NULL OR actor = ?6) AND (?7 IS NULL OR account IN (?7, ?8))
            AND (?9 IS NULL OR code = ?9) AND (?10 IS NULL OR action = ?10)
        ORDER BY sequence DESC LIMIT ?3
        """
    private static let oldestFirstOfLicense: StaticString = """
        SELECT sequence, line, hash, time, license, actor, action, account, code FROM audit
        WHERE license = ?11 AND sequence BETWEEN ?1 AND ?2 AND (?4 IS NULL OR time >= ?4)
            AND (?5 IS NULL OR time < ?5) AND (?6 IS NULL OR actor = ?6) AND (?7 IS NULL OR account IN (?7, ?8))
            AND (?9 IS NULL OR code = ?9) AND (?10 IS NULL OR action = ?10)
        ORDER BY sequence LIMIT ?3
        """
    private static let newestFirstOfLicense: StaticString = """
        SELECT sequence, line, hash, time, license, actor, action, account, code FROM audit
        WHERE license = ?11 AND sequence BETWEEN ?1 AND ?2 AND (?4 IS NULL OR time >= ?4)
            AND (?5 IS NULL OR time < ?5) AND (?6 IS NULL OR actor = ?6) AND (?7 IS NULL OR account IN (?7, ?8))
            AND (?9 IS NULL OR code = ?9) AND (?10 IS NULL OR action = ?10)
        ORDER BY sequence DESC LIMIT ?3
        """
}
