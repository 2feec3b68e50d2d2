internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Connectors
internal import HTTPMessage

/// What speaks to Microsoft on behalf of all tenants: one for a process.
struct DynamicsServices: Sendable {
    let connections: DynamicsConnections
    let consent: DynamicsConsent
    /// What administrators' sign-ins for lists of organizations have left.
    let sessions: OrganizationSessions
    let vault: any SecretVault
    let clients: DynamicsClients
    let people: DynamicsPeople
    /// The endpoint that codes are redeemed at.
    let endpoint: TokenEndpoint
    let providerKeys: ProviderKeys
    let syncVendor: DynamicsSyncVendor
    private let sender: any HTTPSender
    private let tokens: EntraTokenClient
    /// What the operator decides, as of the moment.
    let setup: @Sendable () -> DynamicsSetup

    /// - Parameter setup: what the operator decides, as of the moment.
    init(
        store: any Store, vault: any SecretVault, sender: any HTTPSender, clock: any WallClock,
        random: any RandomSource = SystemRandomSource(), setup: @escaping @Sendable () -> DynamicsSetup
    ) {
        let tokens = EntraTokenClient(sender: sender, clock: clock)
        let clients = DynamicsClients(vault: vault)
        let roles = RoleCache()
        self.sender = sender
        self.vault = vault
        sessions = OrganizationSessions(store: store, vault: vault)
        self.tokens = tokens
        self.clients = clients
        self.setup = setup
        people = DynamicsPeople(sender: sender, tokens: tokens, cache: roles)
        endpoint = TokenEndpoint(sender: sender, clock: clock)
        providerKeys = ProviderKeys(sender: sender, clock: clock)
        connections = DynamicsConnections(
            store: store, vault: vault, sender: sender, tokens: tokens, clients: clients, roles: roles, setup: setup)
        syncVendor = DynamicsSyncVendor(tokens: tokens, clients: clients, roles: roles, setup: setup)
        consent = DynamicsConsent(
            store: store, vault: vault, tokens: tokens, clients: clients, random: random, setup: setup)
    }

    /// What finds the organizations that a connection can be made to; `nil` for one that is not there yet.
    ///
    /// - Throws: as `OrganizationSearch`.
    func organizations(
        through connection: Connection?, ofTenant tenantID: GUID? = nil
    ) throws(ConnectorError) -> OrganizationSearch {
        try OrganizationSearch(
            through: connection, ofTenant: tenantID, sender: sender, tokens: tokens, clients: clients, setup: setup())
    }
}
