internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// What answers the requests of browser sign-ins, shared by all loops.
struct SignInServices: Sendable {
    let dynamics: BrowserSignIns
    let consent: ConsentReturn
    let exchange: CodeExchange

    /// - Parameters:
    ///   - mint: signs tokens by the settings of the moment.
    ///   - site: where browsers find the service, at the moment.
    init(
        logins: LoginService, refused: RefusedLogins, store: any Store, vault: any SecretVault,
        dynamics services: DynamicsServices, mint: @escaping @Sendable () -> TokenMint,
        site: @escaping @Sendable () -> SignInSite, clock: any WallClock, log: any Log
    ) {
        let answers = SignInAnswers(site: site, log: log)
        let handOff: @Sendable () -> SignInHandOff = { SignInHandOff(store: store, logins: logins, mint: mint()) }
        let vendor = DynamicsSignIns(
            services: services, store: store, vault: vault, directory: logins.directory, site: site, clock: clock,
            random: SystemRandomSource())
        dynamics = BrowserSignIns(
            vendor: vendor,
            organizations: OrganizationSignIns(vendor: vendor, sessions: services.sessions, vault: vault, site: site),
            logins: logins, refused: refused, answers: answers, handOff: handOff, clock: clock)
        consent = ConsentReturn(
            consent: services.consent, vendor: vendor, refused: refused, answers: answers, clock: clock)
        exchange = CodeExchange(refused: refused, handOff: handOff, clock: clock, log: log)
    }
}
