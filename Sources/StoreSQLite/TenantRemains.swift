import AuthService
import BridgeCore

/// The rows that a removed tenant has left, and at last the mark that keeps its name from being taken.
enum TenantRemains {
    /// The most rows that go in one transaction: some milliseconds.
    static let batch = 500

    /// The first tenant behind `license` that is removed and has rows.
    static func next(after license: String, _ database: SQLiteConnection) throws(SQLiteError) -> String? {
        try database.statement(
            "SELECT license FROM tenants WHERE is_removed AND license > ?1 ORDER BY license LIMIT 1"
        ).first(.text(license)) { row throws(SQLiteError) in try row.text(0, "tenants.license") }
    }

    /// Removes a batch and returns how many rows it were; after the last one, the mark goes and there are 0.
    ///
    /// Of a tenant that is there nothing is removed: somebody else may have come to the end, and a new one be there.
    static func removeBatch(of license: String, _ database: SQLiteConnection) throws(SQLiteError) -> Int {
        let isRemoved = try database.statement("SELECT 1 FROM tenants WHERE license = ?1 AND is_removed")
            .first(.text(license)) { _ in true }
        guard isRemoved != nil else { return 0 }
        for sql in rows {
            try database.statement(sql).run(.text(license), .integer(Int64(batch)))
            if database.changedRows > 0 { return database.changedRows }
        }
        try database.statement("DELETE FROM tenants WHERE license = ?1 AND is_removed").run(.text(license))
        return 0
    }

    /// Identities go with their accounts, counts with the tenant (`ON DELETE CASCADE`).
    private static let rows: [StaticString] = [
        """
        DELETE FROM accounts WHERE rowid IN (SELECT rowid FROM accounts WHERE license = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM decisions WHERE sequence IN (SELECT sequence FROM decisions WHERE license = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM revocations WHERE (license, kind, value) IN (
            SELECT license, kind, value FROM revocations WHERE license = ?1 LIMIT ?2)
        """,
        """
        DELETE FROM one_time_records WHERE sequence IN (
            SELECT sequence FROM one_time_records WHERE license = ?1 LIMIT ?2)
        """,
    ]
}
