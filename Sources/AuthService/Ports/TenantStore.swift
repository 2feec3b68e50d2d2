internal import BridgeCore

/// Keeps tenants. Everything that returns without an error is durable.
///
/// Of all stores: what changes something takes an `AuditStamp`, and its entry in the audit trail is written in the
/// same transaction; a change that is refused, or that changes nothing, leaves none.
///
/// Errors of all stores: `conflict` for a name that is taken, `not_found` for what a change names and is not there,
/// `internal` where the storage itself fails (full disk, damaged file, locked for too long).
package protocol TenantStore: Sendable {
    /// Adds a tenant; `conflict` when the license is known.
    ///
    /// - Returns: its version: 1, and for a license that had a tenant before, one more than the last of that. So no
    ///   version of a license is ever two documents.
    @discardableResult
    func insert(_ tenant: Tenant, audit: AuditStamp) async throws(StoreError) -> Int64
    /// The tenant of `license`, or `nil`.
    func tenant(_ license: License) async throws(StoreError) -> Tenant?
    /// Tenants in order of their license, at most `limit` after `license`.
    func tenants(after license: License?, limit: Int) async throws(StoreError) -> [Tenant]
    /// Replaces name and settings of a tenant.
    ///
    /// - Parameter expectedVersion: the version that was read before; `nil` overwrites whatever is there.
    /// - Returns: the new version, one more than the last.
    /// - Throws: `not_found` where there is no such tenant; `conflict` where it has another version, because somebody
    ///   else has written it since.
    func update(
        _ tenant: Tenant, expectedVersion: Int64?, audit: AuditEntry
    ) async throws(StoreError) -> Int64
    /// Removes a tenant with all it has; what the audit trail says of it stays.
    ///
    /// When this returns the tenant is gone for everybody. Rows that nobody can reach any more may still be there, so
    /// that a large tenant keeps no login waiting: `HousekeepingStore.removeRemains` removes them.
    /// - Parameter expectedVersion: the version that was read before; `nil` removes whatever is there.
    /// - Throws: `not_found` where there is no such tenant; `conflict` where it has another version.
    func remove(_ license: License, expectedVersion: Int64?, audit: AuditEntry) async throws(StoreError)
}

extension StoreError {
    /// What the second of two writers is told.
    package static func staleTenant(_ license: License, version: Int64) -> StoreError {
        StoreError(
            .conflict, "the tenant \(license) was changed meanwhile, it has version \(version) now",
            hint: "look at what changed, for example with cobrowse-sso tenant export \(license), and try again")
    }
}
