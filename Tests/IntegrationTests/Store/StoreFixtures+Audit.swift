import AuthService
import BridgeCore

extension AuditStamp {
    /// Whoever makes a change in a test that is not about the audit trail.
    static let test = AuditStamp(Actor("cli:test"), at: Timestamp(seconds: 1_700_000_000))
}

extension TenantStore {
    func insert(_ tenant: Tenant) async throws(StoreError) { try await insert(tenant, audit: .test) }
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
