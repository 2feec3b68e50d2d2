package import AuthService
package import BridgeCore
package import Connectors
internal import HTTPMessage

/// What connects tenants to CRMs, for a command; it has to be closed.
package struct ConnectionDesk: Sendable {
    package let dynamics: DynamicsConnections

    /// Prepares what the commands of an installation need; no master key is made before one is needed.
    ///
    /// - Parameter environment: for the variables that name a proxy.
    package static func open(
        _ configuration: Configuration, store: any Store, environment: [String: String], clock: any WallClock
    ) async throws(ServiceError) -> ConnectionDesk {
        let keyring: MasterKeyring
        do throws(StoreError) {
            keyring = MasterKeyring(
                masterKeyFile: configuration.masterKeyFile, isInUse: !(try await store.sealedRecords()).isEmpty)
        } catch {
            throw ServiceError(error)
        }
        let setup = configuration.dynamics
        let services = DynamicsServices(store: store, vault: keyring, sender: UnavailableSender(), clock: clock) { setup }
        return ConnectionDesk(dynamics: services.connections)
    }

    package func close() {}
}
