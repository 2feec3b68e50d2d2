internal import AuthService

extension StoreMemory.Tables {
    /// Appends to the audit trail, within the change it is about.
    mutating func append(_ entry: AuditEntry) throws(StoreError) {
        audit.append(try AuditChain.record(entry, after: audit.last?.end))
    }
}
