/// Keeps tenants. Everything that returns without an error is durable.
///
/// Of all stores: what changes something takes an `AuditStamp`, and its entry in the audit trail is written in the
/// same transaction; a change that is refused, or that changes nothing, leaves none.
///
/// Errors of all stores: `conflict` for a name that is taken, `not_found` for what a change names and is not there,
/// `internal` where the storage itself fails (full disk, damaged file, locked for too long).
package protocol TenantStore: Sendable {
    /// Adds a tenant; `conflict` when the license is known.
    func insert(_ tenant: Tenant, audit: AuditStamp) async throws(StoreError)
    /// The tenant of `license`, or `nil`.
    func tenant(_ license: License) async throws(StoreError) -> Tenant?
    /// Tenants in order of their license, at most `limit` after `license`.
    func tenants(after license: License?, limit: Int) async throws(StoreError) -> [Tenant]
}
