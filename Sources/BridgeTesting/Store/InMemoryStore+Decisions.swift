package import AuthService
internal import BridgeCore

extension InMemoryStore {
    package func append(_ decision: Decision) async throws(StoreError) {
        try change { tables throws(StoreError) in try tables.append(decision) }
    }

    package func note(_ decision: Decision) -> Bool {
        do throws(StoreError) {
            try change { tables throws(StoreError) in try tables.append(decision) }
            return true
        } catch {
            return false
        }
    }

    package func decision(_ id: String, of license: License) async throws(StoreError) -> StoredDecision? {
        try read { $0.decisions[license]?.first { $0.id == id }?.stored }
    }

    package func decisions(
        of license: License, email: String?, before id: String?, limit: Int
    ) async throws(StoreError) -> [StoredDecision] {
        try read { tables in
            let found = (tables.decisions[license] ?? []).reversed().filter { decision in
                (email == nil || decision.email == email) && id.map { decision.id < $0 } ?? true
            }
            return found.prefix(max(0, limit)).map(\.stored)
        }
    }

    package func latestDecisions(
        of license: License, after email: EmailAddress?, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)] {
        let accounts = try await accounts(of: license, after: email, limit: limit)
        return try read { $0.newestDecisions(of: accounts, license) }
    }

    package func latestDecisionsOfAdministrators(
        of license: License, limit: Int
    ) async throws(StoreError) -> [(account: Account, decision: StoredDecision?)] {
        try read { tables in
            let all = (tables.accounts[license] ?? [:]).values.filter(\.isActiveAdministrator)
            return tables.newestDecisions(of: Array(all.prefix(limit)), license)
        }
    }
}

extension Decision {
    fileprivate var stored: StoredDecision {
        StoredDecision(id: id, license: license, time: time, document: document)
    }
}

extension StoreMemory.Tables {
    fileprivate func newestDecisions(
        of accounts: [Account], _ license: License
    ) -> [(account: Account, decision: StoredDecision?)] {
        accounts.map { account in
            (account, decisions[license]?.last { $0.email == account.email.value && $0.facts != nil }?.stored)
        }
    }
}
