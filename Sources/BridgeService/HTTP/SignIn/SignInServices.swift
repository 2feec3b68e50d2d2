internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Connectors

/// What answers the requests of browser sign-ins, shared by all loops.
struct SignInServices: Sendable {
    let dynamics: BrowserSignIns
    let salesforce: BrowserSignIns
    let canvas: CanvasSignIns
    let consent: ConsentReturn
    let exchange: CodeExchange

    /// - Parameters:
    ///   - mint: signs tokens by the settings of the moment.
    ///   - site: where browsers find the service, at the moment.
    init(
        logins: LoginService, refused: RefusedLogins, store: any Store, vault: any SecretVault,
        dynamics: DynamicsServices, salesforce: SalesforceServices, mint: @escaping @Sendable () -> TokenMint,
        site: @escaping @Sendable () -> SignInSite, clock: any WallClock, log: any Log
    ) {
        let answers = SignInAnswers(site: site, log: log)
        let handOff: @Sendable () -> SignInHandOff = { SignInHandOff(store: store, logins: logins, mint: mint()) }
        func settlement(_ vendor: any SignInVendor, isReloaded: Bool = false) -> SignInSettlement {
            SignInSettlement(
                vendor: vendor, logins: logins, refused: refused, answers: answers, handOff: handOff,
                isReloaded: isReloaded)
        }
        let entra = DynamicsSignIns(
            services: dynamics,
            flow: CodeFlow(
                .dynamics, source: .dynamics, provider: "Entra", noConnection: DynamicsSignIns.noConnection,
                store: store, vault: vault, directory: logins.directory, endpoint: dynamics.endpoint,
                keys: dynamics.providerKeys, clock: clock
            ) { dynamics.connections.operatorClientID?.value }, site: site)
        let org = SalesforceSignIns(
            services: salesforce,
            flow: CodeFlow(
                .salesforce, source: .salesforce, provider: "Salesforce", noConnection: SalesforceSignIns.noConnection,
                store: store, vault: vault, directory: logins.directory, endpoint: salesforce.endpoint,
                keys: salesforce.providerKeys, clock: clock
            ) { salesforce.connections.operatorClientID }, site: site)
        self.dynamics = BrowserSignIns(
            vendor: entra,
            organizations: OrganizationSignIns(vendor: entra, sessions: dynamics.sessions, vault: vault, site: site),
            settlement: settlement(entra), clock: clock)
        self.salesforce = BrowserSignIns(
            vendor: org, organizations: nil, settlement: settlement(org), clock: clock)
        canvas = CanvasSignIns(
            vendor: org, settlement: settlement(org, isReloaded: true), store: store, clock: clock)
        consent = ConsentReturn(
            consent: dynamics.consent, vendor: entra, refused: refused, answers: answers, clock: clock)
        exchange = CodeExchange(refused: refused, handOff: handOff, clock: clock, log: log)
    }
}
