internal import AuthService
internal import BridgeCore
internal import Synchronization

/// What `InMemoryStore`s keep: several on one memory are like processes with one database.
package final class StoreMemory: Sendable {
    struct Tables {
        var tenants: [License: Tenant] = [:]
        var keys: [License: [TrustedKey]] = [:]  // in the order of their import
        var accounts: [License: [EmailAddress: Account]] = [:]
        var accountIDs: [String: EmailAddress] = [:]
        var signingKeys: [StoredSigningKey] = []
        var audit: [AuditRecord] = []
        /// How many changes there were.
        var changeCount: UInt64 = 0
    }

    private let tables = Mutex(Tables())

    package init() {}

    /// Reads and changes the tables, one caller at a time.
    func with<Value: Sendable>(_ body: (inout Tables) throws(StoreError) -> Value) throws(StoreError) -> Value {
        try tables.withLock { tables throws(StoreError) in try body(&tables) }
    }
}

extension StoreMemory.Tables {
    /// Adds all or none; says of each what happened to it.
    mutating func insert(_ added: [TrustedKey]) throws(StoreError) -> [ImportedKey.Outcome] {
        let before = keys
        do throws(StoreError) {
            var outcomes: [ImportedKey.Outcome] = []
            for key in added { outcomes.append(try insert(key)) }
            return outcomes
        } catch {
            keys = before
            throw error
        }
    }

    private mutating func insert(_ key: TrustedKey) throws(StoreError) -> ImportedKey.Outcome {
        guard tenants[key.license] != nil else { throw .unknown(key.license) }
        var keyImport = KeyImport(into: keys[key.license] ?? [])
        let outcome = try keyImport.add(key)
        keys[key.license] = keyImport.keys
        return outcome
    }

    mutating func record(_ login: Login) throws(StoreError) -> Account {
        guard tenants[login.license] != nil else { throw .unknown(login.license) }
        let account = try account(after: login)
        accounts[login.license, default: [:]][login.email] = account
        accountIDs[account.id] = account.email
        return account
    }

    private func account(after login: Login) throws(StoreError) -> Account {
        guard var account = accounts[login.license]?[login.email] else {
            guard accountIDs[login.newAccountID] == nil else { throw StoreError(.conflict, "the account id is taken") }
            return Account(
                id: login.newAccountID, license: login.license, email: login.email, displayName: login.displayName,
                role: login.role, createdAt: login.time, lastLoginAt: login.time)
        }
        guard account.status == .active else { return account }
        account.displayName = login.displayName ?? account.displayName
        account.role = login.role
        account.lastLoginAt = max(account.lastLoginAt, login.time)
        return account
    }
}

extension StoreError {
    static func unknown(_ license: License) -> StoreError { StoreError(.notFound, "there is no tenant \(license)") }
    static var closed: StoreError { StoreError(.internal, "the store is closed") }
}
