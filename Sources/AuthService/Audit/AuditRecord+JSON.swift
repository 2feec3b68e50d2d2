package import BridgeCore

extension JSONWriter {
    /// Writes an entry of the audit trail: its line, byte for byte as it was hashed.
    package mutating func auditRecord(_ record: AuditRecord) { raw(record.line.utf8) }
}
