/// Keeps accounts.
package protocol AccountStore: Sendable {
    /// Writes down a login: the account is made by its first one and brought up to date by later ones.
    ///
    /// However many logins of one person arrive at once, there is one account. A disabled account is left as it is
    /// and comes back disabled.
    /// - Returns: the account as it is stored, durable.
    /// - Throws: `not_found` when the tenant is gone.
    func record(_ login: Login) async throws(StoreError) -> Account
    /// The account with the address, or `nil`.
    func account(_ email: EmailAddress, of license: License) async throws(StoreError) -> Account?
    /// The account with the id, or `nil`.
    func account(id: String, of license: License) async throws(StoreError) -> Account?
    /// Accounts in order of their address, at most `limit` after `email`.
    func accounts(of license: License, after email: EmailAddress?, limit: Int) async throws(StoreError) -> [Account]
}
