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

    package func lastRevocation(of license: License) async throws(StoreError) -> Int64 {
        try read { tables in tables.numberedRevocations(of: license).last?.number ?? 0 }
    }

    package func revocations(
        of license: License, beyond number: Int64, limit: Int
    ) async throws(StoreError) -> [NumberedRevocation] {
        try read { tables in
            Array(tables.numberedRevocations(of: license).filter { $0.number > number }.prefix(max(0, limit)))
        }
    }

    package func removeExpiredRevocations(at now: Timestamp) async throws(StoreError) -> Int {
        try change { tables throws(StoreError) in
            let before = tables.revocations.values.reduce(0) { $0 + $1.count }
            tables.revocations = tables.revocations.mapValues { $0.filter { $0.value.expiresAt > now } }
            let removed = before - tables.revocations.values.reduce(0) { $0 + $1.count }
            if removed > 0 { try tables.append(.expiredRevocations(removed, at: AuditStamp(.bridge, at: now))) }
            return removed
        }
    }
}

extension StoreMemory.Tables {
    /// Adds a revocation unless the one that is there reaches as far.
    ///
    /// - Parameter isCounted: whether it is refused where the tenant has too many.
    @discardableResult
    mutating func revoke(
        _ revocation: Revocation, of license: License, isCounted: Bool = true, _ audit: AuditStamp
    ) throws(StoreError) -> Revocation {
        guard tenants[license] != nil else { throw .unknown(license) }
        let known = revocations[license]?[revocation.name]
        if let known, known.issuedBefore >= revocation.issuedBefore { return known }
        if known == nil, isCounted { try revocation.checkCount(revocations[license]?.count ?? 0, of: license) }
        try append(.revoked(revocation, over: known, of: license, audit))
        revocations[license, default: [:]][revocation.name] = revocation
        revocationNumbers[license, default: [:]][revocation.name] = self.audit.last?.sequence
        return revocation
    }

    /// The revocations of a tenant in the order of their numbers.
    fileprivate func numberedRevocations(of license: License) -> [NumberedRevocation] {
        (revocations[license] ?? [:]).values
            .map { NumberedRevocation(number: revocationNumbers[license]?[$0.name] ?? 0, revocation: $0) }
            .sorted { $0.number < $1.number }
    }
}
