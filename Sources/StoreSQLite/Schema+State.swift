import AuthService
import BridgeCore

extension Schema {
    /// What each step adds, in the order of `steps`.
    static let summaries = [
        "tenants, trusted keys, accounts, signing keys",
        "identities, decisions, revocations, API tokens, the audit trail, times of signing keys",
        "removal of tenants in steps, numbers and counts of revocations",
        "retired keys, and which keys sign",
        "connections to environments of a CRM",
        "browser sign-ins under way, and what else is good for once",
        "what syncs with a CRM have read, and whom they have suspended",
        "credentials of connections that have a secret and a key",
    ]

    /// What there is to do for a database; changes nothing.
    ///
    /// - Throws: `configuration_invalid` for a database of a later version.
    static func state(of database: SQLiteConnection, path: String) throws(SQLiteError) -> SchemaState {
        try check(database, path: path)
        let found = Int(try database.integer("PRAGMA user_version"))
        let steps = zip(summaries.indices, summaries).dropFirst(found)
        return SchemaState(
            found: found, supported: version,
            steps: steps.map { SchemaState.Step(version: $0 + 1, summary: $1) })
    }
}
