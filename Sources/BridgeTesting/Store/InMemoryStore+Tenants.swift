package import AuthService
internal import BridgeCore

extension InMemoryStore {
    package func update(
        _ tenant: Tenant, expectedVersion: Int64?, audit: AuditEntry
    ) async throws(StoreError) -> Int64 {
        try change { tables throws(StoreError) in
            guard var stored = tables.tenants[tenant.license] else { throw .unknown(tenant.license) }
            guard expectedVersion.map({ $0 == stored.version }) ?? true else {
                throw .staleTenant(tenant.license, version: stored.version)
            }
            try tables.append(audit)
            stored.name = tenant.name
            stored.settings = tenant.settings
            stored.version += 1
            tables.tenants[tenant.license] = stored
            return stored.version
        }
    }

    package func remove(_ license: License, audit: AuditEntry) async throws(StoreError) {
        try change { tables throws(StoreError) in
            guard tables.tenants[license] != nil else { throw .unknown(license) }
            try tables.append(audit)
            tables.tenants[license] = nil
            tables.keys[license] = nil
            tables.accounts[license] = nil
            tables.identities[license] = nil
            tables.decisions[license] = nil
            tables.revocations[license] = nil
            tables.apiTokens = tables.apiTokens.filter { $0.value.grant.license != license }
        }
    }
}
