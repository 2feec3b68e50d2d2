package import AuthService
package import BridgeCore
package import Connectors
internal import HTTPMessage

/// What connects tenants to CRMs, for a command; it has to be closed.
package struct ConnectionDesk: Sendable {
    package let dynamics: DynamicsConnections
    package let dynamicsSync: DynamicsSync
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
            sender: outgoing, clock: clock, addresses: { configuration.addresses }, applied: { _ in }
        ) { configuration.dynamics }
        return ConnectionDesk(
            dynamics: services.connections, dynamicsSync: services.sync, outgoing: outgoing)
    }

    /// Ends what is under way.
    package func close() { outgoing.stop() }
}
