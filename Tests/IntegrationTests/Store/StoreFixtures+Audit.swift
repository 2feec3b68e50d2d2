import AuthService
import BridgeCore

extension AuditStamp {
    /// Whoever makes a change in a test that is not about the audit trail.
    static let test = AuditStamp(Actor("cli:test"), at: Timestamp(seconds: 1_700_000_000))
}

extension TenantStore {
    @discardableResult
    func insert(_ tenant: Tenant) async throws(StoreError) -> Int64 { try await insert(tenant, audit: .test) }
}

extension TenantStore {
    func remove(_ license: License, audit: AuditEntry) async throws(StoreError) {
        try await remove(license, expectedVersion: nil, audit: audit)
    }
}

extension AccountChangeStore {
    @discardableResult
    func change(
        _ accountID: String, of license: License, status: Account.Status?, role: Role?, allowsLastAdministrator: Bool,
        audit: AuditStamp
    ) async throws(StoreError) -> AccountChange {
        try await change(
            accountID, of: license, AccountPatch(status: status, role: role),
            allowsLastAdministrator: allowsLastAdministrator, audit: audit)
    }
}

extension TrustedKeyStore {
    func insert(_ keys: [TrustedKey]) async throws(StoreError) -> [ImportedKey] {
        try await insert(keys, audit: .test)
    }

    func removeKey(named name: String, of license: License) async throws(StoreError) -> TrustedKey {
        try await removeKey(named: name, of: license, audit: .test)
    }
}

extension SigningKeyStore {
    func insertIfNone(_ key: StoredSigningKey) async throws(StoreError) -> StoredSigningKey {
        try await insertIfNone(key, .created(key, .test))
    }
}
