import AuthService
import BridgeCore

/// Counts in memory which keys signed, and adds it to the database once for each transaction.
///
/// So a login pays for an addition and not for a row.
final class KeyUseWriter {
    private let add: SQLiteStatement
    private var counts: [Key: Count] = [:]

    private struct Key: Hashable {
        let license: License
        let keyID: String
        let hour: Int64
    }

    private struct Count {
        var logins: Int64 = 0
        var first: Int64 = .max
        var last: Int64 = .min

        mutating func add(_ time: Int64) {
            logins += 1
            first = min(first, time)
            last = max(last, time)
        }
    }

    /// An hour in milliseconds, the unit of the table.
    static let hour: Int64 = 3_600_000

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        add = try database.statement(
            """
            INSERT INTO key_uses (license, key_id, hour, logins, first_at, last_at)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM tenants WHERE license = ?1 AND NOT is_removed)
            ON CONFLICT (license, key_id, hour) DO UPDATE SET logins = logins + excluded.logins,
                first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
            """)
    }

    /// Counts the key of `decision`, where it is known.
    func count(_ decision: Decision) {
        guard let keyID = decision.keyID else { return }
        let time = decision.time.milliseconds
        let key = Key(license: decision.license, keyID: keyID, hour: time / Self.hour)
        counts[key, default: Count()].add(time)
    }

    /// Adds what was counted to the database, inside the transaction.
    func flush() throws(SQLiteError) {
        for (key, count) in counts {
            try add.run(
                .text(key.license.value), .text(key.keyID), .integer(key.hour), .integer(count.logins),
                .integer(count.first), .integer(count.last))
        }
        counts.removeAll(keepingCapacity: true)
    }

    /// Forgets what was counted: the transaction did not last.
    func discard() { counts.removeAll(keepingCapacity: true) }
}
