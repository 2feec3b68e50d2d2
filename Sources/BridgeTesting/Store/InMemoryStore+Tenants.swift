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

    package func remove(
        _ license: License, expectedVersion: Int64?, audit: AuditEntry
    ) async throws(StoreError) {
        try change { tables throws(StoreError) in
            guard let tenant = tables.tenants[license] else { throw .unknown(license) }
            guard expectedVersion.map({ $0 == tenant.version }) ?? true else {
                throw .staleTenant(license, version: tenant.version)
            }
            try tables.append(audit)
            tables.lastVersions[license] = tenant.version
            tables.tenants[license] = nil
            tables.keys[license] = nil
            tables.accounts[license] = nil
            tables.identities[license] = nil
            tables.decisions[license] = nil
            tables.revocations[license] = nil
            tables.revocationNumbers[license] = nil
            tables.apiTokens = tables.apiTokens.filter { $0.value.grant.license != license }
            tables.connections = tables.connections.filter { $0.key.license != license }
            tables.syncs = tables.syncs.filter { $0.key.license != license }
            tables.oneTimeRecords.removeAll { $0.license == license }
        }
    }
}
