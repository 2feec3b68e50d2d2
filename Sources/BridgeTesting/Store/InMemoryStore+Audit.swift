package import AuthService
internal import BridgeCore

extension InMemoryStore {
    package func append(_ entries: [AuditEntry]) async throws(StoreError) {
        try change { tables throws(StoreError) in
            for entry in entries { try tables.append(entry) }
        }
    }

    package func audit(
        _ query: AuditQuery, after sequence: Int64?, order: AuditOrder, limit: Int
    ) async throws(StoreError) -> [AuditRecord] {
        try read { tables in
            let found = tables.audit.filter { query.matches($0.index) }
            let beyond =
                switch order {
                case .oldestFirst: found.filter { $0.sequence > sequence ?? 0 }
                case .newestFirst: Array(found.filter { $0.sequence < sequence ?? .max }.reversed())
                }
            return Array(beyond.prefix(max(0, limit)))
        }
    }

    package func auditRecords(after sequence: Int64, limit: Int) async throws(StoreError) -> [AuditRecord] {
        try read { Array($0.audit.filter { $0.sequence > sequence }.prefix(max(0, limit))) }
    }
}
