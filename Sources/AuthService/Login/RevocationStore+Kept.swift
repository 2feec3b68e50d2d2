extension RevocationStore {
    /// How many are read at a time.
    private var pageSize: Int { 1_000 }

    /// All revocations of a tenant: those that are in memory with what was added since, which is all that is read.
    ///
    /// None is ever taken back, and those that have expired cover nothing, so that nothing has to be taken out.
    func revocations(
        of tenant: Tenant, beyond known: KeptRevocations?
    ) async throws(StoreError) -> KeptRevocations {
        guard var revocations = known, revocations.tenantCreatedAt == tenant.createdAt else {
            return try await allRevocations(of: tenant)
        }
        while true {
            let page = try await self.revocations(
                of: tenant.license, beyond: revocations.number, limit: pageSize)
            for item in page { revocations.set.insert(item.revocation) }
            revocations.number = page.last?.number ?? revocations.number
            if page.count < pageSize { return revocations }
        }
    }

    private func allRevocations(of tenant: Tenant) async throws(StoreError) -> KeptRevocations {
        // First: whatever is added while the pages are read has a greater number.
        let number = try await lastRevocation(of: tenant.license)
        let set = RevocationSet()
        var last: Revocation.Name?
        while true {
            let page = try await revocations(of: tenant.license, after: last, limit: pageSize)
            for revocation in page { set.insert(revocation) }
            guard page.count == pageSize else { break }
            last = page.last?.name
        }
        return KeptRevocations(set: set, number: number, tenantCreatedAt: tenant.createdAt)
    }
}
