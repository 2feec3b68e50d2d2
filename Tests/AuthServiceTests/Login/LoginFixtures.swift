import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Synchronization
import Testing

/// A service over a store in memory that counts what is asked of it and can be held up.
struct LoginFixture {
    let store: WatchedStore
    let directory: LoginDirectory
    let service: LoginService

    /// - Parameter keys: whose public halves the tenant `acme-test` trusts; `nil` for no tenant.
    init(
        keys: [KeyFixture]? = [.cobrowse], bridgeKeys: [KeyFixture] = [], tenantCapacity: Int = 100,
        accountCapacity: Int = 100, addresses: AddressRules = .none
    ) async throws {
        store = WatchedStore()
        directory = LoginDirectory(
            store: store, addresses: addresses,
            bridgeKeys: try bridgeKeys.map { TokenKey(try $0.publicKey, declaredKeyID: try $0.publicKey.thumbprint) },
            tenantCapacity: tenantCapacity, accountCapacity: accountCapacity)
        service = LoginService(directory: directory, store: store)
        if let keys { try await addTenant(keys: keys) }
    }

    func addTenant(_ name: String = TokenMaker.license, keys: [KeyFixture] = [.cobrowse]) async throws {
        let license = try #require(License(name))
        let audit = AuditStamp(Actor("cli:test"), at: now)
        try await store.memory.insert(Tenant(license: license, name: nil, createdAt: now), audit: audit)
        _ = try await store.memory.insert(
            try keys.map { fixture in
                TrustedKey(
                    id: try fixture.publicKey.thumbprint, license: license, alias: nil, declaredKeyID: nil,
                    publicKey: try fixture.publicKey.subjectPublicKeyInfo, certificate: nil, notBefore: nil,
                    notAfter: nil, importedAt: now)
            }, audit: audit)
    }

    func desk() throws -> LoginDesk {
        try LoginDesk(service) { Array("\($0.account.id) \($0.account.role)".utf8) }
    }

    /// Judges `token` at a desk, going on where the desk cannot.
    func login(_ token: String, at desk: LoginDesk, now: Timestamp = now) async throws -> Outcome {
        switch try desk.check(Array(token.utf8).span, now: now) {
        case .admitted(let login): return .atOnce(String(decoding: login.body, as: UTF8.self))
        case .unloaded(let token): return .loaded(try await service.admit(token, now: now).account)
        case .unrecorded(let judged): return .recorded(try await service.record(judged, now: now).account)
        }
    }

    /// The code that a login is refused with.
    func refusal(of token: String, at desk: LoginDesk, now: Timestamp = now) async -> ReasonCode? {
        do {
            _ = try await login(token, at: desk, now: now)
            return nil
        } catch {
            return (error as? LoginRefusal)?.code
        }
    }

    /// Which way a login went.
    enum Outcome: Equatable {
        case atOnce(String)
        case loaded(Account)
        case recorded(Account)

        /// What was written down.
        var account: Account? {
            switch self {
            case .atOnce: nil
            case .loaded(let account), .recorded(let account): account
            }
        }
    }
}

/// A store that counts its calls; while a tenant is read, `whileReading` runs.
final class WatchedStore: TenantStore, TrustedKeyStore, AccountStore, DecisionStore, RevocationStore {
    let memory = InMemoryStore()
    private let state = Mutex(State())

    private struct State {
        var tenantReads: [String] = []
        var records = 0
        var revocationReads = 0
        var whileReading: (@Sendable () async -> Void)?
        var failure: StoreError?
    }

    /// The licenses that were asked for, in order.
    var tenantReads: [String] { state.withLock { $0.tenantReads } }
    /// How many revocations were read.
    var revocationReads: Int { state.withLock { $0.revocationReads } }
    /// How many logins were written down.
    var records: Int { state.withLock { $0.records } }

    /// Runs `work` after the next tenant was read and before it is handed over.
    func whileReading(_ work: @escaping @Sendable () async -> Void) { state.withLock { $0.whileReading = work } }

    /// Has every later login fail, or none.
    func fail(with error: StoreError?) { state.withLock { $0.failure = error } }

    func tenant(_ license: License) async throws(StoreError) -> Tenant? {
        let work = state.withLock { state in
            defer { state.whileReading = nil }
            state.tenantReads.append(license.value)
            return state.whileReading
        }
        let tenant = try await memory.tenant(license)
        await work?()
        return tenant
    }

    func settle(_ attempt: LoginAttempt) async throws(StoreError) -> SettledLogin {
        let failure = state.withLock { state in
            state.records += 1
            return state.failure
        }
        if let failure { throw failure }
        return try await memory.settle(attempt)
    }

    func standing(of grant: Grant, in license: License) async throws(StoreError) -> Standing {
        try await memory.standing(of: grant, in: license)
    }
    func revoke(
        _ revocation: Revocation, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> Revocation {
        try await memory.revoke(revocation, of: license, audit: audit)
    }
    func revocations(
        of license: License, after name: Revocation.Name?, limit: Int
    ) async throws(StoreError) -> [Revocation] {
        let page = try await memory.revocations(of: license, after: name, limit: limit)
        state.withLock { $0.revocationReads += page.count }
        return page
    }
    func lastRevocation(of license: License) async throws(StoreError) -> Int64 {
        try await memory.lastRevocation(of: license)
    }
    func revocations(
        of license: License, beyond number: Int64, limit: Int
    ) async throws(StoreError) -> [NumberedRevocation] {
        let page = try await memory.revocations(of: license, beyond: number, limit: limit)
        state.withLock { $0.revocationReads += page.count }
        return page
    }
    func removeExpiredRevocations(at now: Timestamp) async throws(StoreError) -> Int {
        try await memory.removeExpiredRevocations(at: now)
    }
    func append(_ decision: Decision) async throws(StoreError) { try await memory.append(decision) }
    func note(_ decision: Decision) -> Bool { memory.note(decision) }
    func decision(_ id: String, of license: License) async throws(StoreError) -> StoredDecision? {
        try await memory.decision(id, of: license)
    }
    func decisions(
        of license: License, email: String?, before id: String?, limit: Int
    ) async throws(StoreError) -> [StoredDecision] {
        try await memory.decisions(of: license, email: email, before: id, limit: limit)
    }
    func latestDecisions(
        of license: License, after email: EmailAddress?, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)] {
        try await memory.latestDecisions(of: license, after: email, limit: limit)
    }
    func latestDecisionsOfAdministrators(
        of license: License, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)] {
        try await memory.latestDecisionsOfAdministrators(of: license, limit: limit)
    }

    func keys(of license: License) async throws(StoreError) -> [TrustedKey] { try await memory.keys(of: license) }
    func insert(_ tenant: Tenant, audit: AuditStamp) async throws(StoreError) -> Int64 {
        try await memory.insert(tenant, audit: audit)
    }
    func update(_ tenant: Tenant, expectedVersion: Int64?, audit: AuditEntry) async throws(StoreError) -> Int64 {
        try await memory.update(tenant, expectedVersion: expectedVersion, audit: audit)
    }
    func remove(_ license: License, expectedVersion: Int64?, audit: AuditEntry) async throws(StoreError) {
        try await memory.remove(license, expectedVersion: expectedVersion, audit: audit)
    }
    func tenants(after license: License?, limit: Int) async throws(StoreError) -> [Tenant] {
        try await memory.tenants(after: license, limit: limit)
    }
    func insert(_ keys: [TrustedKey], audit: AuditStamp) async throws(StoreError) -> [ImportedKey] {
        try await memory.insert(keys, audit: audit)
    }
    func removeKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey {
        try await memory.removeKey(named: name, of: license, audit: audit)
    }
    func retireKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey {
        try await memory.retireKey(named: name, of: license, audit: audit)
    }
    func keyEnds(limit: Int) async throws(StoreError) -> [KeyEnd] { try await memory.keyEnds(limit: limit) }
    func account(_ email: EmailAddress, of license: License) async throws(StoreError) -> Account? {
        try await memory.account(email, of: license)
    }
    func account(id: String, of license: License) async throws(StoreError) -> Account? {
        try await memory.account(id: id, of: license)
    }
    func accounts(of license: License, after: EmailAddress?, limit: Int) async throws(StoreError) -> [Account] {
        try await memory.accounts(of: license, after: after, limit: limit)
    }
}
