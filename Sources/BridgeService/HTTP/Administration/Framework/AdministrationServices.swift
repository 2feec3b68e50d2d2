internal import AuthService
internal import BridgeCore
internal import Connectors

/// What the operations of the administration work on, shared by all loops.
struct AdministrationServices: Sendable {
    let store: any Store
    let directory: LoginDirectory
    /// What speaks to Microsoft.
    let dynamics: DynamicsServices
    /// Where browsers find the service, at the moment.
    let site: @Sendable () -> SignInSite
    /// Signs tokens by the settings of the moment.
    let mint: @Sendable () -> TokenMint
    let log: any Log

    /// Connects tenants to Dynamics 365.
    var connections: DynamicsConnections { dynamics.connections }
}
