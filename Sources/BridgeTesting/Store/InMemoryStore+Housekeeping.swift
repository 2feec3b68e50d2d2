package import AuthService
package import BridgeCore

extension InMemoryStore {
    /// Nothing outlives its time here: decisions are not kept.
    package func removeDecisions(before time: Timestamp, _ entry: AuditEntry) async throws(StoreError) -> Int {
        try read { _ in 0 }
    }
}
