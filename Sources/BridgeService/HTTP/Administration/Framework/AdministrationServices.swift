internal import AuthService
internal import BridgeCore
internal import Connectors

/// What the operations of the administration work on, shared by all loops.
struct AdministrationServices: Sendable {
    let store: any Store
    let directory: LoginDirectory
    /// What speaks to Microsoft.
    let dynamics: DynamicsServices
    /// What speaks to Salesforce.
    let salesforce: SalesforceServices
    /// Lets in whose tokens others bring.
    let presented: PresentedLogins
    /// Where browsers find the service, at the moment.
    let site: @Sendable () -> SignInSite
    /// Signs tokens by the settings of the moment.
    let mint: @Sendable () -> TokenMint
    let log: any Log

    /// The client that serves connections of the kind without one of their own.
    func operatorClientID(_ kind: ConnectionID.Kind) -> String? {
        switch kind {
        case .dynamics: dynamics.connections.operatorClientID?.value
        case .salesforce: salesforce.connections.operatorClientID
        }
    }
}
