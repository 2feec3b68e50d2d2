internal import AuthService
internal import BridgeCore
internal import Connectors
internal import HTTPMessage

/// What speaks to Salesforce on behalf of all tenants: one for a process.
struct SalesforceServices: Sendable {
    let connections: SalesforceConnections
    let clients: SalesforceClients
    let tokens: SalesforceTokenClient
    /// The endpoint that codes are redeemed at.
    let endpoint: TokenEndpoint
    let providerKeys: ProviderKeys
    let people: SalesforcePeople
    let roles = KeptSalesforceRoles()
    let sender: any HTTPSender
    /// What reads orgs to keep accounts in step.
    let syncVendor: SalesforceSyncVendor
    /// What the operator decides, as of the moment.
    let setup: @Sendable () -> SalesforceSetup

    /// - Parameter setup: what the operator decides, as of the moment.
    init(
        store: any Store, vault: any SecretVault, sender: any HTTPSender, clock: any WallClock,
        setup: @escaping @Sendable () -> SalesforceSetup
    ) {
        tokens = SalesforceTokenClient(sender: sender, clock: clock) { setup().hosts }
        clients = SalesforceClients(vault: vault)
        endpoint = TokenEndpoint(sender: sender, clock: clock)
        providerKeys = ProviderKeys(sender: sender, clock: clock)
        people = SalesforcePeople(sender: sender, tokens: tokens, kept: roles)
        self.sender = sender
        self.setup = setup
        syncVendor = SalesforceSyncVendor(tokens: tokens, clients: clients, roles: roles, setup: setup)
        connections = SalesforceConnections(
            store: store, vault: vault, sender: sender, tokens: tokens, clients: clients, roles: roles,
            setup: setup)
    }
}

extension SalesforceServices {
    /// What decides about users of orgs, by the settings of the moment.
    var judge: SalesforceJudge { SalesforceJudge(people: people, setup: setup(), clients: clients) }
}
