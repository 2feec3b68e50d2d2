internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// What speaks to Microsoft on behalf of all tenants: one for a process.
struct DynamicsServices: Sendable {
    let connections: DynamicsConnections

    /// - Parameter setup: what the operator decides, as of the moment.
    init(
        store: any Store, vault: any SecretVault, sender: any HTTPSender, clock: any WallClock,
        setup: @escaping @Sendable () -> DynamicsSetup
    ) {
        connections = DynamicsConnections(
            store: store, vault: vault, sender: sender, tokens: EntraTokenClient(sender: sender, clock: clock),
            clients: DynamicsClients(vault: vault), roles: RoleCache(), setup: setup)
    }
}
