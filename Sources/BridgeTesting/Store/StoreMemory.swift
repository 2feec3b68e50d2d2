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
    /// Adds all or none; says of each whether it is new.
    mutating func insert(_ added: [TrustedKey]) throws(StoreError) -> [Bool] {
        let before = keys
        do throws(StoreError) {
            var isNew: [Bool] = []
            for key in added { isNew.append(try insert(key)) }
            return isNew
        } catch {
            keys = before
            throw error
        }
    }

    private mutating func insert(_ key: TrustedKey) throws(StoreError) -> Bool {
        guard tenants[key.license] != nil else { throw .unknown(key.license) }
        var known = keys[key.license] ?? []
        let isTaken = known.contains { other in
            other.id != key.id
                && (other.alias == key.id || key.alias != nil && [other.alias, other.id].contains(key.alias))
        }
        guard !isTaken else { throw StoreError(.conflict, "another key has the name") }
        if let place = known.firstIndex(where: { $0.id == key.id }) {
            if known[place].alias == nil { known[place].alias = key.alias }
            keys[key.license] = known
            return false
        }
        keys[key.license] = known + [key]
        return true
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
