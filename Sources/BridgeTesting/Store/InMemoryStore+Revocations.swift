package import AuthService
package import BridgeCore

extension InMemoryStore {
    package func revoke(
        _ revocation: Revocation, of license: License, audit: AuditStamp
    ) async throws(StoreError) -> Revocation {
        try change { tables throws(StoreError) in try tables.revoke(revocation, of: license, audit) }
    }

    package func revocations(
        of license: License, after name: Revocation.Name?, limit: Int
    ) async throws(StoreError) -> [Revocation] {
        // No kind has a character below the one in between.
        func key(_ name: Revocation.Name) -> String { "\(name.kind.rawValue)\u{0}\(name.value)" }
        return try read { tables in
            page((tables.revocations[license] ?? [:]).values, by: { key($0.name) }, after: name.map(key), limit: limit)
        }
    }

    package func removeExpiredRevocations(at now: Timestamp) async throws(StoreError) -> Int {
        try change { tables throws(StoreError) in
            let before = tables.revocations.values.reduce(0) { $0 + $1.count }
            tables.revocations = tables.revocations.mapValues { $0.filter { $0.value.expiresAt > now } }
            return before - tables.revocations.values.reduce(0) { $0 + $1.count }
        }
    }
}

extension StoreMemory.Tables {
    /// Adds a revocation unless the one that is there reaches as far.
    @discardableResult
    mutating func revoke(
        _ revocation: Revocation, of license: License, _ audit: AuditStamp
    ) throws(StoreError) -> Revocation {
        guard tenants[license] != nil else { throw .unknown(license) }
        let known = revocations[license]?[revocation.name]
        if let known, known.issuedBefore >= revocation.issuedBefore { return known }
        try append(.revoked(revocation, over: known, of: license, audit))
        revocations[license, default: [:]][revocation.name] = revocation
        return revocation
    }
}
