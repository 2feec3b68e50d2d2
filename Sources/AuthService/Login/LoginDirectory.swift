package import BridgeCore
package import BridgeCrypto
internal import Synchronization

/// The tenants and accounts that logins have used lately, in memory, shared by all threads.
///
/// Bounded, so that memory grows with what is used and not with what is stored. Whatever is loaded is kept only if
/// nothing has been invalidated since the loading began.
package final class LoginDirectory: Sendable {
    private let store: any TenantStore & TrustedKeyStore & RevocationStore
    private let addresses: Mutex<AddressRules>
    private let kept: Mutex<Kept>
    private let loads = SharedLoads<TenantEntry>()

    fileprivate struct Kept {
        var epoch: UInt64 = 0
        var bridgeKeys: [TokenKey]
        var tenants: RecentMap<License, TenantState>
        /// Licenses that are no tenants: apart, so that whoever makes up issuers crowds out no tenant.
        var strangers: RecentMap<License, Void>
        /// Which account somebody has, and the address they last came with.
        var people: RecentMap<Person, Place>
        /// Accounts by their id.
        var accounts: RecentMap<String, Account>
    }

    /// Somebody of a tenant.
    fileprivate struct Person: Hashable {
        let license: License
        let identity: Identity

        // Of an address only the address differs from person to person.
        func hash(into hasher: inout Hasher) { hasher.combine(identity.subject) }
    }

    fileprivate struct Place {
        let accountID: String
        let email: EmailAddress
    }

    /// What is known about an issuer.
    package enum TenantEntry: Sendable {
        case tenant(TenantState)
        case noTenant
    }

    /// - Parameters:
    ///   - tenantCapacity: how many tenants are kept, and how many licenses that are none.
    ///   - accountCapacity: how many accounts are kept.
    package init(
        store: any TenantStore & TrustedKeyStore & RevocationStore, addresses: AddressRules, bridgeKeys: [TokenKey],
        tenantCapacity: Int = 4096, accountCapacity: Int = 16_384
    ) {
        self.store = store
        self.addresses = Mutex(addresses)
        kept = Mutex(
            Kept(
                bridgeKeys: bridgeKeys, tenants: RecentMap(capacity: tenantCapacity),
                strangers: RecentMap(capacity: tenantCapacity), people: RecentMap(capacity: accountCapacity),
                accounts: RecentMap(capacity: accountCapacity)))
    }

    /// A mark to compare with later: whether anything was invalidated since.
    package var epoch: UInt64 { kept.withLock { $0.epoch } }

    /// What memory holds on an issuer; `nil` when it has to be loaded.
    package func tenant(_ issuer: String) -> TenantEntry? {
        guard let license = License(issuer) else { return .noTenant }
        return kept.withLock { $0.entry(license) }
    }

    /// Loads what the store holds on an issuer; of all who ask for it at once, only one reads.
    ///
    /// - Throws: `internal` when the store fails or holds a key that cannot be used.
    package func load(_ issuer: String) async throws(StoreError) -> TenantEntry {
        guard let license = License(issuer) else { return .noTenant }
        let epoch = epoch
        return try await loads.join(license, epoch: epoch) { () async throws(StoreError) in
            keep(try await read(license), for: license, since: epoch)
        }
    }

    /// Keeps what was read, unless something was invalidated since `epoch`.
    private func keep(_ entry: TenantEntry, for license: License, since epoch: UInt64) -> TenantEntry {
        kept.withLock { kept in
            guard kept.epoch == epoch else { return entry }
            // Who came when another one had just finished has read it again. One state a tenant: a second one would take
            // the first out of reach, and answers kept under that would never be called back.
            if let known = kept.entry(license) { return known }
            kept.insert(entry, for: license)
            return entry
        }
    }

    /// The account that the person of `grant` has, if it was used lately and the person still has the same address.
    package func account(of grant: Grant, in license: License) -> Account? {
        kept.withLock { kept in
            let person = Person(license: license, identity: grant.identity)
            guard let place = kept.people.value(for: person), place.email == grant.email,
                let account = kept.accounts.value(for: place.accountID),
                !grant.identity.isAddress || account.email == grant.email && grant.proof.isProven
            else { return nil }
            return account
        }
    }

    /// Keeps the account of the person of `grant` as the store returned it, unless something was invalidated since
    /// `epoch`.
    ///
    /// Where it is another than before, the tenant is forgotten: cached answers show what the account was. What an
    /// earlier login left of it does not take the place of what a later one did.
    package func keep(_ account: Account, of grant: Grant, since epoch: UInt64, isChanged: Bool = false) {
        let person = Person(license: account.license, identity: grant.identity)
        kept.withLock { kept in
            guard kept.epoch == epoch else { return }
            let known = kept.accounts.value(for: account.id)
            if isChanged || known.map({ !$0.looksLike(account) }) ?? false {
                kept.tenants.remove(account.license)?.retire()
            }
            if let known, known.lastLoginAt > account.lastLoginAt { return }
            kept.people.insert(Place(accountID: account.id, email: grant.email), for: person)
            kept.accounts.insert(account, for: account.id)
        }
    }

    /// Forgets everything, and makes every answer cached anywhere in the process a miss.
    package func invalidateAll() {
        kept.withLock { $0.invalidateAll() }
    }

    /// Accepts these keys of the bridge from now on, and forgets everything that was judged by the ones before.
    package func replaceBridgeKeys(_ keys: [TokenKey]) {
        kept.withLock { kept in
            kept.bridgeKeys = keys
            kept.invalidateAll()
        }
    }

    /// Forgets revocations that no token can be covered by any more.
    package func removeExpiredRevocations(at now: Timestamp) {
        for tenant in kept.withLock({ $0.tenants.values }) { tenant.revocations.removeExpired(at: now) }
    }

    /// Judges every login from now on by other rules for addresses.
    package func replaceAddresses(_ rules: AddressRules) {
        addresses.withLock { $0 = rules }
        invalidateAll()  // afterwards: what was read under the old rules must not stay
    }

    private func read(_ license: License) async throws(StoreError) -> TenantEntry {
        let bridgeKeys = kept.withLock { $0.bridgeKeys }
        guard let tenant = try await store.tenant(license) else { return .noTenant }
        let keys = try await store.keys(of: license)
        let revocations = try await readRevocations(of: license)
        let addresses = addresses.withLock(\.self)
        do throws(CryptoError) {
            return .tenant(
                try TenantState(
                    tenant, keys: keys, bridgeKeys: bridgeKeys, addresses: addresses, revocations: revocations))
        } catch {
            throw StoreError(.internal, "a stored key of \(license) cannot be used: \(error.detail)", hint: error.hint)
        }
    }
}

extension LoginDirectory {
    private func readRevocations(of license: License) async throws(StoreError) -> RevocationSet {
        let revocations = RevocationSet()
        var last: Revocation.Name?
        while true {
            let page = try await store.revocations(of: license, after: last, limit: 1_000)
            for revocation in page { revocations.insert(revocation) }
            guard page.count == 1_000 else { return revocations }
            last = page.last?.name
        }
    }
}

extension LoginDirectory.Kept {
    fileprivate mutating func invalidateAll() {
        epoch &+= 1
        tenants.removeAll { $0.retire() }
        strangers.removeAll()
        people.removeAll()
        accounts.removeAll()
    }

    fileprivate mutating func entry(_ license: License) -> LoginDirectory.TenantEntry? {
        if let state = tenants.value(for: license, dropping: { $0.retire() }) { return .tenant(state) }
        return strangers.value(for: license) == nil ? nil : .noTenant
    }

    fileprivate mutating func insert(_ entry: LoginDirectory.TenantEntry, for license: License) {
        switch entry {
        case .tenant(let state): tenants.insert(state, for: license) { $0.retire() }
        case .noTenant: strangers.insert((), for: license)
        }
    }
}
