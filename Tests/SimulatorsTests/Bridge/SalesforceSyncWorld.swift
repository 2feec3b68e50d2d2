import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Simulators

/// A bridge without sockets in front of the stand-in of an org: people have signed in once, and are synced.
struct SalesforceSyncWorld {
    let standIns: StandIns
    let store = InMemoryStore()
    let id: ConnectionID
    let license: License
    private let sender: StandInSender
    private let vault: TestVault

    init(
        _ standIns: StandIns? = nil, rules: [Rule] = Rule.shipped, integrationUser: String = "integration",
        org: String = "acme"
    ) async throws {
        let standIns = try standIns ?? StandIns()
        self.standIns = standIns
        sender = StandInSender(simulator: standIns.simulator)
        license = try License(TokenMaker.license).unwrapped("license")
        id = ConnectionID(.salesforce, of: license)
        vault = try TestVault()
        let stamp = AuditStamp(Actor("cli:test"), at: standIns.clock.now)
        var settings = TenantSettings.initial
        settings.rules = rules
        try await store.insert(
            Tenant(license: license, name: nil, createdAt: stamp.time, settings: settings), audit: stamp)
        let simulator = standIns.simulator
        let app = try simulator.consumer(in: org).unwrapped("app")
        let pem = try simulator.applicationKey().withBytes { bytes in bytes.indices.map { bytes[$0] } }
        let key = try RSAPrivateKey(reading: pem, source: "app")
        let connection = Connection(
            id,
            .salesforce(
                SalesforceSettings(
                    loginURL: simulator.sites[.salesforce(org)], clientID: app.key,
                    integrationUsername: "\(integrationUser)@\(org).example",
                    organizationID: try SalesforceID(simulator.organizationID(org) ?? "").unwrapped("org"))),
            credential: try SalesforceCredential(secret: nil, key: key)
                .sealed(for: id, client: app.key, secretEndingAt: nil, over: nil, at: stamp.time, by: vault),
            createdAt: stamp.time
        )
        .validated(.init(testedAt: stamp.time, clientID: app.key, organizationID: nil))
        _ = try await store.put(connection, over: nil, audit: stamp)
    }

    var clock: MovingClock { standIns.clock }
    var simulator: Simulator { standIns.simulator }

    /// A process that syncs.
    ///
    /// - Parameter hiding: rows that the org does not show it.
    func process(hiding: [HidingSender.Rows] = []) -> ConnectionSync {
        let sender = HidingSender(sender: sender, hidden: hiding)
        let tokens = SalesforceTokenClient(sender: sender, clock: clock) { SalesforceHosts() }
        let vendor = SalesforceSyncVendor(
            tokens: tokens, clients: SalesforceClients(vault: vault), roles: KeptSalesforceRoles(),
            setup: { SalesforceSetup() })
        return ConnectionSync(
            store: store, vendor: vendor, sender: sender,
            pacer: SyncPacer(clock: clock, SyncBudget.Size(limit: 1_000_000, window: 600), sleep: { _ in }),
            clock: clock, addresses: { .none }, applied: { _ in })
    }

    /// Syncs once, a minute later.
    @discardableResult
    func sync(
        everybody: Bool = false, goesOn: Bool = true, isDryRun: Bool = false, _ process: ConnectionSync? = nil
    ) async throws -> SyncReport {
        clock.advance(seconds: 60)
        let order = SyncOrder(actor: .bridge, everybody: everybody, goesOn: goesOn, isDryRun: isDryRun)
        return try await (process ?? self.process()).run(id, order)
    }

    /// Lets somebody in as a sign-in with the right facts would.
    func signIn(_ name: String, role: Role = .agent, org: String = "acme") async throws {
        let identity = Identity(
            connection: id.identityName, organization: try simulator.organizationID(org).unwrapped("org"),
            subject: try simulator.userID(name, in: org).unwrapped(name))
        let time = clock.now
        let attempt = LoginAttempt(
            license: license,
            grant: Grant(
                identity: identity, email: try EmailAddress("\(name)@\(org).example").unwrapped("address"),
                proof: .salesforceVerified, displayName: nil, role: role, rule: nil, validUntil: nil),
            time: time, newAccountID: try RecordID.make("acc_", at: time),
            draft: DecisionDraft(
                id: try RecordID.make("dec_", at: time), source: .salesforce, requestID: nil, facts: nil,
                trace: FullTrace()))
        _ = try await store.settle(attempt).outcome.get()
    }

    func account(_ name: String) async throws -> Account? {
        try await store.account(try EmailAddress("\(name)@acme.example").unwrapped("address"), of: license)
    }

    /// Stores the connection as another version of itself.
    func changeConnection() async throws {
        let connection = try await store.connection(id).unwrapped("connection")
        let changed = connection.edited(connection.settings, credential: connection.credential, at: clock.now)
        _ = try await store.put(changed, over: connection.version, audit: AuditStamp(.bridge, at: clock.now))
    }

    func put(_ rules: [Rule]) async throws {
        var tenant = try await store.tenant(license).unwrapped("tenant")
        tenant.settings.rules = rules
        _ = try await store.update(
            tenant, expectedVersion: nil, audit: .created(tenant, AuditStamp(.bridge, at: clock.now)))
    }
}
