package import AuthService
package import BridgeCore

extension InMemoryStore {
    package func connectionIDs(_ kind: ConnectionID.Kind) async throws(StoreError) -> [ConnectionID] {
        try read { tables in
            tables.connections.keys.filter { $0.kind == kind }
                .sorted { ($0.license.value, $0.identityName) < ($1.license.value, $1.identityName) }
        }
    }

    package func beginSync(
        of id: ConnectionID, by holder: String, until end: Timestamp, at now: Timestamp
    ) async throws(StoreError) -> Bool {
        try change { tables throws(StoreError) in
            guard tables.connections[id] != nil else { throw .noConnection(id) }
            if let sync = tables.syncs[id], let other = sync.holder, other != holder, now < sync.end { return false }
            tables.syncs[id, default: .init(end: end)].holder = holder
            tables.syncs[id]?.end = end
            return true
        }
    }

    package func extendSync(of id: ConnectionID, by holder: String, until end: Timestamp) async throws(StoreError) {
        try change { tables throws(StoreError) in
            try tables.requireHolder(id, holder)
            tables.syncs[id]?.end = end
        }
    }

    package func endSync(of id: ConnectionID, by holder: String, _ state: SyncState) async throws(StoreError) {
        try change { tables throws(StoreError) in
            try tables.requireHolder(id, holder)
            tables.syncs[id] = .init(holder: nil, end: Timestamp(milliseconds: 0), state: state)
        }
    }

    package func syncState(of id: ConnectionID) async throws(StoreError) -> SyncState? {
        try read { $0.syncs[id]?.state }
    }

    package func syncStates(limit: Int) async throws(StoreError) -> [(id: ConnectionID, state: SyncState)] {
        try read { tables in
            let all = tables.syncs.compactMap { id, sync in sync.state.map { (id: id, state: $0) } }
            let sorted = all.sorted {
                ($0.id.license.value, $0.id.identityName) < ($1.id.license.value, $1.id.identityName)
            }
            return Array(sorted.prefix(max(0, limit)))
        }
    }

    package func syncedPeople(
        of id: ConnectionID, organization: String, after subject: String?, limit: Int
    ) async throws(StoreError) -> [SyncedPerson] {
        try read { tables in
            page(tables.people(of: id, organization), by: \.subject, after: subject, limit: limit)
        }
    }

    package func syncedPeople(
        of id: ConnectionID, organization: String, among subjects: [String]
    ) async throws(StoreError) -> [SyncedPerson] {
        try read { tables in
            tables.people(of: id, organization).filter { subjects.contains($0.subject) }
        }
    }

    package func apply(
        _ changes: [SyncChange], of id: ConnectionID, organization: String, by holder: String, basis: SyncBasis,
        audit: AuditStamp
    ) async throws(StoreError) -> [SyncResult]? {
        try change { tables throws(StoreError) in
            try tables.requireHolder(id, holder)
            guard let connection = tables.connections[id], let tenant = tables.tenants[id.license],
                basis == SyncBasis(connection, tenant)
            else { return nil }
            var results: [SyncResult] = []
            for change in changes { results.append(try tables.apply(change, of: id, organization, audit)) }
            return results
        }
    }
}

extension StoreMemory.Tables {
    fileprivate func requireHolder(_ id: ConnectionID, _ holder: String) throws(StoreError) {
        guard syncs[id]?.holder == holder else { throw .syncTakenOver(id) }
    }

    fileprivate func people(of id: ConnectionID, _ organization: String) -> [SyncedPerson] {
        let all = identities[id.license] ?? [:]
        let ways = UsableWays(
            connections.values.filter { $0.id.license == id.license },
            trustsSigner: keys[id.license]?.contains { $0.retiredAt == nil } ?? false)
        return all.compactMap { identity, link in
            guard identity.connection == id.identityName, identity.organization == organization,
                let account = accounts[id.license]?[link.accountID]
            else { return nil }
            let others = all.filter {
                $0 != identity && $1.accountID == account.id && $1.suspendedFor == nil && ways.contains($0)
            }
            return SyncedPerson(
                subject: identity.subject, account: account, grantedRole: link.grantedRole,
                suspendedFor: link.suspendedFor, otherRole: others.values.map { $0.grantedRole ?? .administrator }.max()
            )
        }
    }

    fileprivate mutating func apply(
        _ change: SyncChange, of id: ConnectionID, _ organization: String, _ stamp: AuditStamp
    ) throws(StoreError) -> SyncResult {
        let person = people(of: id, organization).first { $0.subject == change.subject }
        let hasSignedIn = (decisions[id.license] ?? []).contains { decision in
            decision.time >= change.readAt && decision.accountID == person?.account.id
                && [.dynamics, .salesforce, .canvas].contains(decision.source) && decision.accountID != nil
        }
        let result = change.result(
            for: person, hasSignedIn: hasSignedIn,
            hasOtherAdministrator: hasAdministrator(of: id.license, besides: person?.account.id ?? ""), stamp)
        guard case .done(let effect) = result else { return result }
        let identity = Identity(connection: id.identityName, organization: organization, subject: effect.subject)
        accounts[id.license]?[effect.after.id] = effect.after
        identities[id.license]?[identity]?.grantedRole = effect.step.role
        identities[id.license]?[identity]?.suspendedFor = effect.step.code
        decisions[id.license, default: []].append(effect.decision)
        decisions[id.license]?.sort { $0.id < $1.id }
        try append(effect.entry)
        if let revocation = effect.revocation { try revoke(revocation, of: id.license, isCounted: false, stamp) }
        return result
    }
}
