/// Keeps the public keys that verify tenants' tokens.
package protocol TrustedKeyStore: Sendable {
    /// Adds keys to a tenant, all or none.
    ///
    /// A key that is there already (same id) takes over a certificate that ends later and an alias where it has none;
    /// `KeyImport` decides.
    /// - Returns: the stored state of each, in the given order, and what happened to it.
    /// - Throws: `not_found` for an unknown tenant, otherwise as `KeyImport.add`.
    func insert(_ keys: [TrustedKey], audit: AuditStamp) async throws(StoreError) -> [ImportedKey]
    /// Removes the key with the id or alias `name` and returns it; `not_found` otherwise.
    func removeKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey
    /// Refuses the tokens of the key with the id or alias `name` from now on, with `key_retired`, and returns it;
    /// `not_found` otherwise. A key that is retired already stays as it is.
    func retireKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey
    /// The ends of the keys of all tenants that are not retired, at most `limit`, the first to end first.
    func keyEnds(limit: Int) async throws(StoreError) -> [KeyEnd]
    /// The keys of a tenant, oldest import first.
    func keys(of license: License) async throws(StoreError) -> [TrustedKey]
}
