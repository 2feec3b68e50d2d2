/// Keeps the audit trail: a chain of entries that only grows.
package protocol AuditStore: Sendable {
    /// Adds entries behind the last one, all or none, for what changes nothing else in the store.
    ///
    /// A change appends its own entry in its own transaction; see `AuditStamp`.
    func append(_ entries: [AuditEntry]) async throws(StoreError)
    /// The entries `query` asks for in the given order, at most `limit` beyond the entry with the number `sequence`.
    func audit(
        _ query: AuditQuery, after sequence: Int64?, order: AuditOrder, limit: Int
    ) async throws(StoreError) -> [AuditRecord]
    /// All entries beyond the number `sequence` (0 for all there are), oldest first, at most `limit`.
    func auditRecords(after sequence: Int64, limit: Int) async throws(StoreError) -> [AuditRecord]
}
