import AuthService

/// What logins of one transaction have found out, and what nobody else can change while it holds the write lock: so it
/// is read once for all of them.
final class TransactionMemory {
    private let database: SQLiteConnection
    private var tenant: (license: License, isThere: Bool)?
    private var end: AuditChain.End?

    init(_ database: SQLiteConnection) {
        self.database = database
    }

    /// Whether there is a tenant of that license.
    func isThere(_ license: License) throws(SQLiteError) -> Bool {
        if let tenant, tenant.license == license { return tenant.isThere }
        let isThere = try TenantRow.isThere(license, database)
        tenant = (license, isThere)
        return isThere
    }

    /// Adds an entry to the audit trail.
    func append(_ entry: AuditEntry) throws(SQLiteError) {
        let last = if let end { end } else { try AuditTrail.end(database) }
        end = try AuditTrail.append(entry, after: last, database)
    }

    /// Forgets everything: the transaction has ended, or something in it was undone.
    func forget() { (tenant, end) = (nil, nil) }
}
