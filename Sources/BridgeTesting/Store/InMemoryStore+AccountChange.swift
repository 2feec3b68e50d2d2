package import AuthService
internal import BridgeCore

extension InMemoryStore {
    package func change(
        _ accountID: String, of license: License, _ patch: AccountPatch, allowsLastAdministrator: Bool,
        audit: AuditStamp
    ) async throws(StoreError) -> AccountChange {
        try change { tables throws(StoreError) in
            guard let account = tables.accounts[license]?[accountID] else {
                throw StoreError(.notFound, "the tenant has no account with this id")
            }
            let change = try AccountChange(account, patch, audit)
            guard change.changesAnything else { return change }
            if change.takesAdministrator, !allowsLastAdministrator,
                !tables.hasAdministrator(of: license, besides: accountID)
            {
                throw change.lastAdministratorRefusal
            }
            try tables.append(change.entry(audit))
            for revocation in change.revocations {
                try tables.revoke(revocation, of: license, isCounted: false, audit)
            }
            tables.accounts[license]?[accountID] = change.after
            if change.endsSuspension { tables.endSuspension(of: accountID, license) }
            return change
        }
    }

    package func hasAdministrator(
        of license: License, besides accountID: String
    ) async throws(StoreError) -> Bool {
        try read { $0.hasAdministrator(of: license, besides: accountID) }
    }
}

extension StoreMemory.Tables {
    fileprivate mutating func endSuspension(of accountID: String, _ license: License) {
        for (identity, link) in identities[license] ?? [:] where link.accountID == accountID {
            identities[license]?[identity]?.suspendedFor = nil
        }
    }

    func hasAdministrator(of license: License, besides accountID: String) -> Bool {
        (accounts[license] ?? [:]).values.contains { $0.isActiveAdministrator && $0.id != accountID }
    }
}
