package import BridgeCore

/// What syncs have found out about clones in the orgs of one tenant.
package struct TenantClones: Sendable {
    /// One proposal, and through which connection it was found.
    package struct Proposal: Sendable {
        package let connection: ConnectionName
        package let clone: CloneProposal
    }

    package let proposals: [Proposal]
    package let drift: [(connection: ConnectionName, drift: SetDrift)]
    /// Connections whose clones could not be looked for, and why.
    package let unreadable: [(connection: ConnectionName, why: String)]

    /// - Parameter rules: of the tenant now: what they name was accepted since the last sync.
    package init(_ reports: [(connection: ConnectionName, report: CloneReport)], rules: [Rule]) {
        let accepted = Set(rules.compactMap(\.permissionSetID))
        proposals = reports.flatMap { connection, report in
            report.proposals.filter { !accepted.contains($0.id) }
                .map { Proposal(connection: connection, clone: $0) }
        }
        drift = reports.flatMap { connection, report in
            report.drift.filter { !accepted.contains($0.id) || $0.kind != .unknownName }.map { (connection, $0) }
        }
        unreadable = reports.compactMap { connection, report in report.unreadable.map { (connection, $0) } }
    }
}

extension ConnectionStore where Self: SyncStore {
    /// What is remembered of the last syncs of a tenant's connections to Salesforce, as they are now.
    package func clones(of tenant: Tenant) async throws(StoreError) -> TenantClones {
        var reports: [(connection: ConnectionName, report: CloneReport)] = []
        for connection in try await connections(of: tenant.license) where connection.id.kind == .salesforce {
            guard let state = try await syncState(of: connection.id), state.isOf(connection), let report = state.clones
            else { continue }
            reports.append((connection.id.name, report))
        }
        return TenantClones(reports, rules: tenant.settings.rules)
    }
}

extension JSONWriter {
    /// Writes the member `proposals`: each clone that can be accepted, with its connection.
    package mutating func cloneProposals(_ proposals: [TenantClones.Proposal]) {
        name("proposals")
        array { writer in
            for proposal in proposals {
                writer.object { writer in
                    writer.member("connection", proposal.connection.value)
                    proposal.clone.writeMembers(to: &writer)
                }
            }
        }
    }
}
