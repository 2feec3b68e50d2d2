package import BridgeCore

/// Removes what has outlived its time, so that a store does not grow for ever.
package protocol HousekeepingStore: Sendable {
    /// Removes the decisions made before `time`, in small batches between which others get their turn.
    ///
    /// - Parameter entry: appended to the audit trail in the transaction of the first batch; where there is nothing to
    ///   remove it is not.
    /// - Returns: how many there were.
    func removeDecisions(before time: Timestamp, _ entry: AuditEntry) async throws(StoreError) -> Int
}
