import AuthService
import BridgeCore

/// Reads what a login meets: the account of its identity, the account of its address, and how many administrators.
struct StandingReader {
    private let linked: SQLiteStatement
    private let holder: SQLiteStatement
    private let rival: SQLiteStatement
    private let administrators: SQLiteStatement

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        linked = try database.statement(
            """
            SELECT id, accounts.license, accounts.email, display_name, role, status, accounts.created_at, last_login_at,
                accounts.email_proof, identities.email
            FROM identities
            JOIN accounts ON accounts.id = identities.account_id
            WHERE identities.license = ?1 AND connection = ?2 AND organization = ?3 AND subject = ?4
            """)
        holder = try database.statement(
            """
            SELECT id, license, email, display_name, role, status, created_at, last_login_at, email_proof
            FROM accounts WHERE license = ?1 AND email = ?2
            """)
        rival = try database.statement(
            """
            SELECT 1 FROM identities
            WHERE account_id = ?1 AND connection = ?2 AND organization = ?3 AND subject <> ?4 LIMIT 1
            """)
        administrators = try database.statement(
            """
            SELECT count(*) FROM (
                SELECT 1 FROM accounts WHERE license = ?1 AND role = 'administrator' AND status = 'active' LIMIT 2)
            """)
    }

    func standing(of grant: Grant, in license: License) throws(SQLiteError) -> Standing {
        let identity = grant.identity
        let linked = identity.isAddress ? nil : try linkedAccount(identity, license)
        let holder = try holder(of: grant.email, identity, license, isLinked: linked != nil)
        // Two are as good as many; nobody has to count where no administrator would be lost.
        let isAdministrator = (linked?.account ?? holder?.account)?.role == .administrator
        let count = isAdministrator && grant.role < .administrator ? try administratorCount(license) : 2
        return Standing(linked: linked, holder: holder, administratorCount: count)
    }

    private func linkedAccount(
        _ identity: Identity, _ license: License
    ) throws(SQLiteError) -> Standing.LinkedAccount? {
        try linked.first(
            .text(license.value), .text(identity.connection), .text(identity.organization), .text(identity.subject)
        ) { row throws(SQLiteError) in
            guard let email = EmailAddress(try row.text(AccountRow.columnCount, "identities.email")) else {
                throw .damaged(column: "identities.email")
            }
            return Standing.LinkedAccount(account: try AccountRow.read(row), identityEmail: email)
        }
    }

    private func holder(
        of email: EmailAddress, _ identity: Identity, _ license: License, isLinked: Bool
    ) throws(SQLiteError) -> Standing.AddressHolder? {
        guard let account = try holder.first(.text(license.value), .text(email.value), read: AccountRow.read) else {
            return nil
        }
        let hasRival = isLinked || identity.isAddress ? false : try hasRival(account, identity)
        return Standing.AddressHolder(account: account, hasRival: hasRival)
    }

    private func hasRival(_ account: Account, _ identity: Identity) throws(SQLiteError) -> Bool {
        try rival.first(
            .text(account.id), .text(identity.connection), .text(identity.organization), .text(identity.subject)
        ) { _ in true } ?? false
    }

    private func administratorCount(_ license: License) throws(SQLiteError) -> Int {
        try administrators.first(.text(license.value)) { row throws(SQLiteError) in
            Int(try row.integer(0, "count"))
        } ?? 0
    }
}
