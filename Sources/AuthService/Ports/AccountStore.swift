/// Keeps accounts.
package protocol AccountStore: Sendable {
    /// Finds or makes the account of a login and writes it down with the decision, in one transaction.
    ///
    /// However many logins of one person arrive at once, there is one account (`AccountSettlement`).
    /// - Returns: how it ended, durable.
    /// - Throws: `not_found` when the tenant is gone.
    func settle(_ attempt: LoginAttempt) async throws(StoreError) -> SettledLogin
    /// What a login with this grant would meet.
    func standing(of grant: Grant, in license: License) async throws(StoreError) -> Standing
    /// The account with the address, or `nil`.
    func account(_ email: EmailAddress, of license: License) async throws(StoreError) -> Account?
    /// The account with the id, or `nil`.
    func account(id: String, of license: License) async throws(StoreError) -> Account?
    /// Accounts in order of their address, at most `limit` after `email`.
    func accounts(of license: License, after email: EmailAddress?, limit: Int) async throws(StoreError) -> [Account]
}
