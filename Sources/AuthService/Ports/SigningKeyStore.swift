/// Keeps the bridge's own signing keys.
package protocol SigningKeyStore: Sendable {
    /// All of them, newest first.
    func signingKeys() async throws(StoreError) -> [StoredSigningKey]
    /// Adds `key` unless a key of the same state exists (two instances starting at once agree on one).
    /// - Returns: the key that is stored in that state.
    func insertIfNone(_ key: StoredSigningKey, audit: AuditStamp) async throws(StoreError) -> StoredSigningKey
}
