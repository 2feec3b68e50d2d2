package import AuthService
package import BridgeCore

extension InMemoryStore {
    package func removeDecisions(before time: Timestamp, audit: AuditStamp) async throws(StoreError) -> Int {
        try change { tables throws(StoreError) in
            let before = tables.decisions.values.map(\.count).reduce(0, +)
            tables.decisions = tables.decisions.mapValues { $0.filter { $0.time >= time } }
            let removed = before - tables.decisions.values.map(\.count).reduce(0, +)
            if removed > 0 { try tables.append(.expiredDecisions(removed, before: time, audit)) }
            return removed
        }
    }

    /// Here a tenant leaves nothing.
    @discardableResult
    package func removeRemains(of license: License?) async throws(StoreError) -> Int { 0 }
}
