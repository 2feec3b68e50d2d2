package import BridgeCore

/// Keeps tenants. Everything that returns without an error is durable.
///
/// Errors of all stores: `conflict` for a name that is taken, `not_found` for what a change names and is not there,
/// `internal` where the storage itself fails (full disk, damaged file, locked for too long).
package protocol TenantStore: Sendable {
    /// Adds a tenant; `conflict` when the license is known.
    func insert(_ tenant: Tenant) async throws(StoreError)
    /// The tenant of `license`, or `nil`.
    func tenant(_ license: License) async throws(StoreError) -> Tenant?
    /// Tenants in order of their license, at most `limit` after `license`.
    func tenants(after license: License?, limit: Int) async throws(StoreError) -> [Tenant]
}

/// Keeps the public keys that verify tenants' tokens.
package protocol TrustedKeyStore: Sendable {
    /// Adds keys to a tenant, all or none.
    ///
    /// A key that is there already (same id) takes over a certificate that ends later and an alias where it has none;
    /// `KeyImport` decides.
    /// - Returns: the stored state of each, in the given order, and what happened to it.
    /// - Throws: `not_found` for an unknown tenant, otherwise as `KeyImport.add`.
    func insert(_ keys: [TrustedKey]) async throws(StoreError) -> [ImportedKey]
    /// Removes the key with the id or alias `name` and returns it; `not_found` otherwise.
    func removeKey(named name: String, of license: License) async throws(StoreError) -> TrustedKey
    /// The keys of a tenant, oldest import first.
    func keys(of license: License) async throws(StoreError) -> [TrustedKey]
}

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

/// Keeps the bridge's own signing keys.
package protocol SigningKeyStore: Sendable {
    /// All of them, newest first.
    func signingKeys() async throws(StoreError) -> [StoredSigningKey]
    /// Adds `key` unless a key of the same state exists (two instances starting at once agree on one).
    /// - Returns: the key that is stored in that state.
    func insertIfNone(_ key: StoredSigningKey) async throws(StoreError) -> StoredSigningKey
}

/// Everything the service keeps.
package protocol Store: TenantStore, TrustedKeyStore, AccountStore, SigningKeyStore {
    /// A number that changes whenever something may have been changed by another process.
    func outsideChanges() async throws(StoreError) -> UInt64
    /// Proves that the store can be read; for readiness checks.
    func check() async throws(StoreError)
    /// Finishes what is under way and closes.
    func close() async
}

/// A login that was allowed and is to be written down.
package struct Login: Sendable, Hashable {
    package let license: License
    package let email: EmailAddress
    /// The name to show; `nil` keeps the one that is there.
    package let displayName: String?
    package let role: Role
    package let time: Timestamp
    /// The id of the account should this be its first login (`acc_` and 32 hexadecimal digits, see `RecordID`).
    package let newAccountID: String

    package init(
        license: License, email: EmailAddress, displayName: String?, role: Role, time: Timestamp, newAccountID: String
    ) {
        self.license = license
        self.email = email
        self.displayName = displayName
        self.role = role
        self.time = time
        self.newAccountID = newAccountID
    }
}
