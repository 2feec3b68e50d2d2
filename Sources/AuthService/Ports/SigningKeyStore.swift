/// Keeps the bridge's own signing keys.
package protocol SigningKeyStore: Sendable {
    /// All of them, newest first.
    func signingKeys() async throws(StoreError) -> [StoredSigningKey]
    /// Adds `key` unless a key of the same state exists (two instances starting at once agree on one).
    ///
    /// - Parameter entry: appended to the audit trail where the key is added.
    /// - Returns: the key that is stored in that state.
    func insertIfNone(_ key: StoredSigningKey, _ entry: AuditEntry) async throws(StoreError) -> StoredSigningKey
    /// Puts `change` into force, all of it or nothing, if the keys still are those it was decided from.
    ///
    /// - Parameter key: the key that the change adds, sealed; `nil` where it adds none.
    /// - Returns: the keys as they are now, newest first.
    /// - Throws: `conflict` when somebody changed them meanwhile, or a longer token was signed.
    func apply(
        _ change: KeyRingChange, adding key: StoredSigningKey?, _ entry: AuditEntry
    ) async throws(StoreError) -> [StoredSigningKey]
    /// The key in `state` for signing a token of `seconds`, once it is durable that it has signed one as long.
    ///
    /// Books no audit entry: it changes nothing that anybody decided.
    /// - Returns: `nil` when no key is in that state.
    func keyToSign(
        in state: StoredSigningKey.State, lasting seconds: Int64
    ) async throws(StoreError) -> StoredSigningKey?
}
