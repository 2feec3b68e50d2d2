import AuthService
import BridgeCore

/// Reads what a login meets: the account of its identity, the account of its address, and whether there is another
/// administrator.
struct StandingReader {
    private let linked: SQLiteStatement
    private let holder: SQLiteStatement
    private let rival: SQLiteStatement
    private let database: SQLiteConnection

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        self.database = database
        linked = try database.statement(
            """
            SELECT id, accounts.license, accounts.email, display_name, role,
                iif(accounts.suspended_at IS NULL, status, 'suspended'), accounts.created_at, last_login_at,
                accounts.email_proof, identities.email, granted_role, identities.suspended_at
            FROM identities
            JOIN accounts ON accounts.id = identities.account_id
            WHERE identities.license = ?1 AND connection = ?2 AND organization = ?3 AND subject = ?4
            """)
        holder = try database.statement(
            """
            SELECT id, license, email, display_name, role, iif(suspended_at IS NULL, status, 'suspended'), created_at,
                last_login_at, email_proof
            FROM accounts WHERE license = ?1 AND email = ?2
            """)
        rival = try database.statement(
            """
            SELECT 1 FROM identities
            WHERE account_id = ?1 AND connection = ?2 AND organization = ?3 AND subject <> ?4 LIMIT 1
            """)
    }

    func standing(of grant: Grant, in license: License) throws(SQLiteError) -> Standing {
        let identity = grant.identity
        if let id = identity.accountID { return try standing(ofAccount: id, license) }
        let linked = identity.isAddress ? nil : try linkedAccount(identity, license)
        let holder = try holder(of: grant.email, identity, license, isLinked: linked != nil)
        return Standing(
            linked: linked, holder: holder,
            hasOtherAdministrator: try hasAdministrator(besides: linked?.account ?? holder?.account, grant, license))
    }

    /// Nobody takes an address or a role by naming an account.
    private func standing(ofAccount id: String, _ license: License) throws(SQLiteError) -> Standing {
        let account = try AccountRow.account(id: id, of: license, database)
        return Standing(
            linked: account.map { Standing.LinkedAccount(account: $0, identityEmail: $0.email) }, holder: nil,
            hasOtherAdministrator: true)
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
            return Standing.LinkedAccount(
                account: try AccountRow.read(row), identityEmail: email,
                grantedRole: try row.optionalText(AccountRow.columnCount + 1, "identities.granted_role")
                    .flatMap(Role.init(rawValue:)),
                isSuspended: try row.optionalInteger(AccountRow.columnCount + 2, "identities.suspended_at") != nil)
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

    /// Nobody has to look where no administrator would be lost.
    private func hasAdministrator(
        besides account: Account?, _ grant: Grant, _ license: License
    ) throws(SQLiteError) -> Bool {
        guard let account, account.role == .administrator, grant.role < .administrator else { return true }
        return try AccountRow.hasAdministrator(of: license, besides: account.id, database)
    }
}
