package import BridgeCore

/// Keeps one-time records until they are taken or have ended; across restarts, and for every instance on the store.
package protocol OneTimeStore: Sendable {
    /// Keeps a record; durable when it returns. Records that have ended make room first.
    ///
    /// - Throws: `not_found` for an unknown tenant, `rate_limited` where the source has as many as it may have,
    ///   `conflict` for an id that is there.
    func keep(_ record: OneTimeRecord, limits: OneTimeLimits, at now: Timestamp) async throws(StoreError)
    /// Takes a record out. Of any number that ask for it, also in other processes, one gets it.
    ///
    /// - Returns: `nil` for all others, and where there is none, or one that has ended, or whose tenant is gone.
    func takeRecord(
        _ id: String, _ kind: OneTimeRecord.Kind, at now: Timestamp
    ) async throws(StoreError) -> OneTimeRecord?
    /// Looks at a record that is used more than once until it ends, and leaves it.
    ///
    /// - Returns: `nil` where there is none, or one that has ended, or whose tenant is gone.
    func record(
        _ id: String, _ kind: OneTimeRecord.Kind, at now: Timestamp
    ) async throws(StoreError) -> OneTimeRecord?
    /// Removes records that have ended, in small batches between which others get their turn.
    ///
    /// - Returns: how many there were.
    func removeEndedRecords(at now: Timestamp) async throws(StoreError) -> Int
}

extension OneTimeStore {
    /// Keeps a record within the limits of its kind.
    package func keep(_ record: OneTimeRecord, at now: Timestamp) async throws(StoreError) {
        try await keep(record, limits: record.kind.limits, at: now)
    }
}
