package import BridgeCore
package import BridgeCrypto
internal import Synchronization

/// The tenants and accounts that logins have used lately, in memory, shared by all threads.
///
/// Bounded, so that memory grows with what is used and not with what is stored. Whatever is loaded is kept only if
/// nothing of its tenant has been changed since the loading began.
package final class LoginDirectory: Sendable {
    private let store: any TenantStore & TrustedKeyStore & RevocationStore
    private let addresses: Mutex<AddressRules>
    private let memory: Mutex<LoginMemory>
    private let loads = SharedWork<Load, TenantEntry, StoreError>()

    /// What is being read: of two licenses, or of one before and after a change, each has its own.
    private struct Load: Hashable {
        let license: License
        let mark: LicenseMarks.Mark
    }

    /// What is known about an issuer.
    package enum TenantEntry: Sendable {
        case tenant(TenantState)
        case noTenant
    }

    /// What was read about an issuer.
    enum Reading: Sendable {
        case tenant(TenantState, KeptRevocations)
        case noTenant

        var entry: TenantEntry {
            switch self {
            case .tenant(let state, _): .tenant(state)
            case .noTenant: .noTenant
            }
        }
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
        memory = Mutex(
            LoginMemory(bridgeKeys: bridgeKeys, tenantCapacity: tenantCapacity, accountCapacity: accountCapacity))
    }

    /// A mark to compare with later: whether anything of the license was changed since.
    package func mark(of license: License) -> LicenseMarks.Mark { memory.withLock { $0.mark(of: license) } }

    /// What memory holds on an issuer; `nil` when it has to be loaded.
    package func tenant(_ issuer: String) -> TenantEntry? {
        guard let license = License(issuer) else { return .noTenant }
        return memory.withLock { $0.entry(license) }
    }

    /// Loads what the store holds on an issuer; of all who ask for it at once, only one reads.
    ///
    /// - Throws: `internal` when the store fails or holds a key that cannot be used.
    package func load(_ issuer: String) async throws(StoreError) -> TenantEntry {
        guard let license = License(issuer) else { return .noTenant }
        let mark = mark(of: license)
        return try await loads.join(Load(license: license, mark: mark)) { () async throws(StoreError) in
            let reading = try await read(license)
            return memory.withLock { $0.keep(reading, for: license, since: mark) }
        }
    }

    /// The account that the person of `grant` has, if it was used lately and the person still has the same address.
    package func account(of grant: Grant, in license: License) -> KnownAccount? {
        memory.withLock { $0.account(of: grant, in: license) }
    }

    /// Keeps the account of the person of `grant` as the store returned it, unless something of the tenant was changed
    /// since `mark`.
    ///
    /// Where it is another than before, answers of the tenant are called back: they show what the account was.
    package func keep(_ login: KeptLogin, of grant: Grant, since mark: LicenseMarks.Mark) {
        memory.withLock { $0.keep(login, of: grant, since: mark) }
    }

    private func read(_ license: License) async throws(StoreError) -> Reading {
        let (bridgeKeys, known) = memory.withLock { ($0.bridgeKeys, $0.revocations(of: license)) }
        guard let tenant = try await store.tenant(license) else { return .noTenant }
        let keys = try await store.keys(of: license)
        let revocations = try await store.revocations(of: tenant, beyond: known)
        let addresses = addresses.withLock(\.self)
        do throws(CryptoError) {
            let state = try TenantState(
                tenant, keys: keys, bridgeKeys: bridgeKeys, addresses: addresses, revocations: revocations.set)
            return .tenant(state, revocations)
        } catch {
            throw StoreError(.internal, "a stored key of \(license) cannot be used: \(error.detail)", hint: error.hint)
        }
    }
}

/// What was changed. Each makes answers that are cached anywhere in the process, and that the change may concern, a
/// miss with the next look-up.
extension LoginDirectory {
    /// The tenant was added, or what its administrators decided or which keys it trusts was changed.
    package func invalidate(_ license: License) { memory.withLock { $0.invalidate(license) } }

    /// The tenant was removed: nothing of it is left, for a later one of the same name neither.
    package func remove(_ license: License) { memory.withLock { $0.remove(license) } }

    /// A revocation was stored.
    package func add(_ revocation: Revocation, of license: License) {
        memory.withLock { $0.add(revocation, of: license) }
    }

    /// An account was changed by name.
    package func apply(_ change: AccountChange) {
        guard change.changesAnything else { return }
        memory.withLock { memory in
            for revocation in change.revocations { memory.add(revocation, of: change.after.license) }
            memory.forget(change.after)
        }
    }

    /// A sync has changed accounts.
    package func apply(_ effects: [SyncEffect]) {
        memory.withLock { memory in
            for effect in effects {
                if let revocation = effect.revocation { memory.add(revocation, of: effect.after.license) }
                memory.forget(effect.after)
            }
        }
    }

    /// Anything may have been changed, by another process: everything is read again, of revocations the new ones.
    package func invalidateAll() { memory.withLock { $0.invalidateAll() } }

    /// Accepts these keys of the bridge from now on, and forgets everything that was judged by the ones before.
    package func replaceBridgeKeys(_ keys: [TokenKey]) {
        memory.withLock { memory in
            memory.bridgeKeys = keys
            memory.invalidateAll()
        }
    }

    /// Judges every login from now on by other rules for addresses.
    package func replaceAddresses(_ rules: AddressRules) {
        addresses.withLock { $0 = rules }
        invalidateAll()  // afterwards: what was read under the old rules must not stay
    }

    /// Forgets revocations that no token can be covered by any more.
    package func removeExpiredRevocations(at now: Timestamp) {
        for revocations in memory.withLock(\.allRevocations) { revocations.removeExpired(at: now) }
    }
}
