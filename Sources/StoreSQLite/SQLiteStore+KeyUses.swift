package import AuthService
package import BridgeCore

extension SQLiteStore {
    package func keyUses(of license: License, since time: Timestamp) async throws(StoreError) -> [KeyUse] {
        try await reader.read { database throws(SQLiteError) in
            try database.statement(
                """
                SELECT key_id, sum(logins), min(first_at), max(last_at) FROM key_uses
                WHERE license = ?1 AND hour >= ?2 GROUP BY key_id ORDER BY key_id
                """
            ).all(.text(license.value), .integer(time.milliseconds / KeyUseWriter.hour)) { row throws(SQLiteError) in
                KeyUse(
                    keyID: try row.text(0, "key_uses.key_id"), logins: Int(try row.integer(1, "key_uses.logins")),
                    first: Timestamp(milliseconds: try row.integer(2, "key_uses.first_at")),
                    last: Timestamp(milliseconds: try row.integer(3, "key_uses.last_at")))
            }
        }
    }

    package func removeKeyUses(before time: Timestamp) async throws(StoreError) -> Int {
        var (removed, batch) = (0, Self.housekeepingBatch)
        while batch == Self.housekeepingBatch {
            batch = try await writer.change { database throws(SQLiteError) in
                try database.statement(
                    """
                    DELETE FROM key_uses WHERE (license, key_id, hour) IN
                    (SELECT license, key_id, hour FROM key_uses WHERE hour < ?1 LIMIT ?2)
                    """
                ).run(.integer(time.milliseconds / KeyUseWriter.hour), .integer(Int64(Self.housekeepingBatch)))
                return database.changedRows
            }
            removed += batch
        }
        return removed
    }
}
