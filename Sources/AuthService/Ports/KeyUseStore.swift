package import BridgeCore

/// Counts by the hour which keys signed the tokens that people came with.
///
/// Every decision that knows the key (`Decision.keyID`) counts, let in or not, in the transaction that writes it down.
package protocol KeyUseStore: Sendable {
    /// The uses since `time`, which counts from the hour it lies in; by key id.
    func keyUses(of license: License, since time: Timestamp) async throws(StoreError) -> [KeyUse]
    /// Forgets what was counted in hours that ended before `time`; durable when it returns.
    ///
    /// - Returns: how many hours of keys there were.
    func removeKeyUses(before time: Timestamp) async throws(StoreError) -> Int
}
