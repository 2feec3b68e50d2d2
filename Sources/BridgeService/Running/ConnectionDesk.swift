package import AuthService
package import BridgeCore
package import Connectors
internal import HTTPMessage

/// What connects tenants to CRMs, for a command; it has to be closed.
package struct ConnectionDesk: Sendable {
    package let dynamics: DynamicsConnections
    private let syncs: ConnectionSyncs
    package let salesforce: SalesforceConnections
    /// Decides about users of Salesforce orgs, for whoever asks what would be.
    package let salesforceJudge: SalesforceJudge
    private let services: DynamicsServices
    private let site: SignInSite
    private let outgoing: OutgoingRequests

    /// Prepares what the commands of an installation need: no master key is made, and libcurl not opened, before one is
    /// needed.
    ///
    /// - Parameter environment: for the variables that name a proxy.
    package static func open(
        _ configuration: Configuration, store: any Store, environment: [String: String], clock: any WallClock
    ) async throws(StoreError) -> ConnectionDesk {
        let isInUse = !(try await store.sealedRecords()).isEmpty
        let outgoing = OutgoingRequests(environment: environment, clock: clock, log: nil) { configuration }
        let services = DynamicsServices(
            store: store, vault: MasterKeyring(masterKeyFile: configuration.masterKeyFile, isInUse: isInUse),
            sender: outgoing, clock: clock
        ) { configuration.dynamics }
        let salesforce = SalesforceServices(
            store: store, vault: services.vault, sender: outgoing, clock: clock
        ) { configuration.salesforce }
        let syncs = ConnectionSyncs(
            store: store, sender: outgoing, clock: clock,
            vendors: [.dynamics: services.syncVendor, .salesforce: salesforce.syncVendor],
            addresses: { configuration.addresses }, applied: { _ in })
        return ConnectionDesk(
            dynamics: services.connections, syncs: syncs, salesforce: salesforce.connections,
            salesforceJudge: salesforce.judge, services: services,
            site: SignInSite(configuration), outgoing: outgoing)
    }

    /// The client that serves connections of the kind without one of their own.
    package func operatorClientID(_ kind: ConnectionID.Kind) -> String? {
        switch kind {
        case .dynamics: dynamics.operatorClientID?.value
        case .salesforce: salesforce.operatorClientID
        }
    }

    /// Where the consent for a connection is given; the service takes in what comes of it.
    ///
    /// - Throws: `configuration_invalid` where `public_url` is missing or not good enough; as `DynamicsConsent.link`.
    package func consentLink(for id: ConnectionID, at now: Timestamp) async throws(ConnectorError) -> ConsentLink {
        try await services.consent.link(
            for: id, redirectURI: try site.url(of: Route.consentCallback.path), at: now)
    }

    /// What finds the organizations that a connection can be made to.
    ///
    /// - Parameters:
    ///   - connection: the one that is there; `nil` for one that is to be made, by the operator's client.
    ///   - tenantID: whose people sign in there; `nil` for those of any tenant.
    /// - Throws: as `OrganizationSearch`.
    package func organizations(
        through connection: Connection?, ofTenant tenantID: GUID?
    ) throws(ConnectorError) -> OrganizationSearch {
        try services.organizations(through: connection, ofTenant: tenantID)
    }

    /// Syncs a connection of either kind.
    ///
    /// - Throws: as `ConnectionSync.run`.
    package func sync(_ id: ConnectionID, _ order: SyncOrder) async throws(StoreError) -> SyncReport {
        try await syncs.run(id, order)
    }

    /// Ends what is under way.
    package func close() { outgoing.stop() }
}
