package import AuthService
internal import BridgeCore
internal import Synchronization

/// A store without a file, for tests of what stands on top of one; the conformance suites run over it, too.
package final class InMemoryStore: Store {
    private let memory: StoreMemory
    private let handle = Mutex(Handle())

    private struct Handle {
        var ownChanges: UInt64 = 0
        var isClosed = false
    }

    package init(_ memory: StoreMemory = StoreMemory()) {
        self.memory = memory
    }

    @discardableResult
    package func insert(_ tenant: Tenant, audit: AuditStamp) async throws(StoreError) -> Int64 {
        try change { tables throws(StoreError) in
            guard tables.tenants[tenant.license] == nil else { throw StoreError(.conflict, "the license is taken") }
            tables.tenants[tenant.license] = tenant
            try tables.append(.created(tenant, audit))
            let version = (tables.lastVersions[tenant.license] ?? 0) + 1
            tables.tenants[tenant.license]?.version = version
            return version
        }
    }

    package func tenant(_ license: License) async throws(StoreError) -> Tenant? {
        try read { $0.tenants[license] }
    }

    package func tenants(after license: License?, limit: Int) async throws(StoreError) -> [Tenant] {
        try read { page($0.tenants.values, by: \.license.value, after: license?.value, limit: limit) }
    }

    package func insert(_ keys: [TrustedKey], audit: AuditStamp) async throws(StoreError) -> [ImportedKey] {
        try change { tables throws(StoreError) in
            let outcomes = try tables.insert(keys, audit)
            return zip(keys, outcomes).map { key, outcome in
                ImportedKey(key: tables.keys[key.license]?.first { $0.id == key.id } ?? key, outcome: outcome)
            }
        }
    }

    package func removeKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey {
        try change { tables throws(StoreError) in
            guard let place = tables.keys[license]?.firstIndex(where: { $0.id == name || $0.alias == name }),
                let key = tables.keys[license]?.remove(at: place)
            else { throw StoreError(.notFound, "no key has the name") }
            try tables.append(.removed(key, audit))
            return key
        }
    }

    package func retireKey(
        named name: String, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> TrustedKey {
        try change { tables throws(StoreError) in
            guard let place = tables.keys[license]?.firstIndex(where: { $0.id == name || $0.alias == name }),
                let key = tables.keys[license]?[place]
            else { throw StoreError(.notFound, "no key has the name") }
            if key.retiredAt != nil { return key }
            var retired = key
            retired.retiredAt = audit.time
            tables.keys[license]?[place] = retired
            try tables.append(.retired(retired, over: key, audit))
            return retired
        }
    }

    package func keyEnds(limit: Int) async throws(StoreError) -> [KeyEnd] {
        try read { tables in
            let ends = tables.keys.values.joined().filter { $0.retiredAt == nil }.compactMap { key in
                key.notAfter.map { KeyEnd(license: key.license, keyID: key.id, alias: key.alias, notAfter: $0) }
            }
            return Array(ends.sorted { $0.notAfter < $1.notAfter }.prefix(max(0, limit)))
        }
    }

    package func keys(of license: License) async throws(StoreError) -> [TrustedKey] {
        // `sorted` keeps the order of equal ones, which is that of the import.
        try read { ($0.keys[license] ?? []).sorted { $0.importedAt < $1.importedAt } }
    }

    package func settle(_ attempt: LoginAttempt) async throws(StoreError) -> SettledLogin {
        try change { tables throws(StoreError) in try tables.settle(attempt) }
    }

    package func standing(of grant: Grant, in license: License) async throws(StoreError) -> Standing {
        try read { $0.standing(of: grant, in: license) }
    }

    package func account(_ email: EmailAddress, of license: License) async throws(StoreError) -> Account? {
        try read { $0.account(email, of: license) }
    }

    package func account(id: String, of license: License) async throws(StoreError) -> Account? {
        try read { $0.accounts[license]?[id] }
    }

    package func accounts(
        of license: License, after email: EmailAddress?, limit: Int
    ) async throws(StoreError) -> [Account] {
        try read { tables in
            page((tables.accounts[license] ?? [:]).values, by: \.email.value, after: email?.value, limit: limit)
        }
    }

    package func outsideChanges() async throws(StoreError) -> UInt64 {
        let all = try read { $0.changeCount }
        return handle.withLock { all - $0.ownChanges }
    }

    package func check() async throws(StoreError) { try read { _ in } }

    package func close() async { handle.withLock { $0.isClosed = true } }

    /// Puts an account there as it is, which logins cannot: a disabled one, for example.
    package func put(_ account: Account) throws(StoreError) {
        try change { tables throws(StoreError) in
            tables.accounts[account.license, default: [:]][account.id] = account
        }
    }

    func read<Value: Sendable>(_ body: (StoreMemory.Tables) -> Value) throws(StoreError) -> Value {
        try checkOpen()
        return try memory.with { tables throws(StoreError) in body(tables) }
    }

    func change<Value: Sendable>(
        _ body: (inout StoreMemory.Tables) throws(StoreError) -> Value
    ) throws(StoreError) -> Value {
        try checkOpen()
        return try memory.with { tables throws(StoreError) in
            let value = try body(&tables)
            tables.changeCount += 1
            handle.withLock { $0.ownChanges += 1 }
            return value
        }
    }

    private func checkOpen() throws(StoreError) {
        guard !handle.withLock({ $0.isClosed }) else { throw .closed }
    }
}

/// At most `limit` of `values` in the order of the bytes of their names, beginning after one.
func page<Value>(
    _ values: some Sequence<Value>, by name: (Value) -> String, after: String?, limit: Int
) -> [Value] {
    let sorted = values.sorted { name($0).utf8.lexicographicallyPrecedes(name($1).utf8) }
    let rest = sorted.drop { value in after.map { !$0.utf8.lexicographicallyPrecedes(name(value).utf8) } ?? false }
    return Array(rest.prefix(max(0, limit)))
}
