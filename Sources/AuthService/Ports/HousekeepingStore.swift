package import BridgeCore

/// Removes what has outlived its time, so that a store does not grow for ever.
package protocol HousekeepingStore: Sendable {
    /// Removes the decisions made before `time`, in small batches between which others get their turn; each batch has
    /// an audit entry with its count.
    ///
    /// - Returns: how many there were.
    func removeDecisions(before time: Timestamp, audit: AuditStamp) async throws(StoreError) -> Int
    /// Removes what tenants that are gone have left, in small batches between which others get their turn; that they
    /// are gone is in the audit trail already.
    ///
    /// - Parameter license: the tenant, or all of them for `nil`.
    /// - Returns: how many rows there were.
    @discardableResult
    func removeRemains(of license: License?) async throws(StoreError) -> Int
}
