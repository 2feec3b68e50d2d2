package import AuthService
package import BridgeCore

extension InMemoryStore {
    package func insert(_ token: APIToken, audit: AuditStamp) async throws(StoreError) {
        try change { tables throws(StoreError) in
            if let license = token.grant.license, tables.tenants[license] == nil { throw .unknown(license) }
            guard !tables.apiTokens.values.contains(where: { $0.id == token.id || $0.digest == token.digest }) else {
                throw StoreError(.conflict, "the id or the digest is taken")
            }
            tables.apiTokens[token.id] = token
            try tables.append(.created(token, audit))
        }
    }

    package func apiToken(digest: [UInt8]) async throws(StoreError) -> APIToken? {
        try read { $0.apiTokens.values.first { $0.digest == digest } }
    }

    package func apiTokens(
        of license: License?, after id: String?, limit: Int
    ) async throws(StoreError) -> [APIToken] {
        try read { tables in
            let tokens = tables.apiTokens.values.filter { license == nil || $0.grant.license == license }
            return page(tokens, by: \.id, after: id, limit: limit)
        }
    }

    package func removeAPIToken(id: String, audit: AuditStamp) async throws(StoreError) -> APIToken {
        try change { tables throws(StoreError) in
            guard let token = tables.apiTokens.removeValue(forKey: id) else {
                throw StoreError(.notFound, "no API token has the id")
            }
            try tables.append(.revoked(token, audit))
            return token
        }
    }

    package func recordUse(ofAPIToken id: String, at time: Timestamp) async throws(StoreError) {
        try change { tables throws(StoreError) in
            guard let token = tables.apiTokens[id], token.needsUseWritten(at: time) else { return }
            tables.apiTokens[id]?.lastUsedAt = time
        }
    }
}
