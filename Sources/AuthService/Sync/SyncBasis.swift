/// What a sync was decided by: where either is another one by now, its changes are not carried out.
package struct SyncBasis: Sendable, Hashable {
    /// The version of the connection, which leads elsewhere or asks as somebody else after each change.
    package let connectionVersion: Int64
    /// The version of the tenant, whose rules may give other roles after each change.
    package let tenantVersion: Int64

    package init(_ connection: Connection, _ tenant: Tenant) {
        connectionVersion = connection.version
        tenantVersion = tenant.version
    }
}
