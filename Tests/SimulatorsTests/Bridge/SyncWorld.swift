import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Connectors
import HTTPMessage
import Simulators

/// A bridge without sockets in front of the stand-ins: people sign in, bring tokens, and are synced.
struct SyncWorld {
    let standIns: StandIns
    let store = InMemoryStore()
    let id: ConnectionID
    let license: License
    private let sender: StandInSender
    private let vault: TestVault
    private let setup: DynamicsSetup

    /// - Parameters:
    ///   - rules: of the tenant.
    ///   - readAs: of the connection.
    init(
        _ standIns: StandIns? = nil, rules: [Rule] = Rule.shipped, readAs: DynamicsSettings.ReadAs = .application
    ) async throws {
        let standIns = try standIns ?? StandIns()
        self.standIns = standIns
        sender = StandInSender(simulator: standIns.simulator)
        license = try License(TokenMaker.license).unwrapped("license")
        id = ConnectionID(.dynamics, of: license)
        vault = try TestVault()
        let environment = try WebOrigin(standIns.contoso).unwrapped("origin")
        setup = DynamicsSetup(
            environments: EnvironmentRules(
                allowedHosts: HostList([try HostList.entry(environment.host).unwrapped("host")]),
                authority: EntraAuthority(try WebOrigin(standIns.entra).unwrapped("origin"))), operatorClient: nil)
        let stamp = AuditStamp(Actor("cli:test"), at: standIns.clock.now)
        var settings = TenantSettings.initial
        settings.rules = rules
        try await store.insert(
            Tenant(license: license, name: nil, createdAt: stamp.time, settings: settings), audit: stamp)
        let key = try KeyFixture.cobrowse.publicKey
        _ = try await store.insert(
            [
                TrustedKey(
                    id: key.thumbprint, license: license, alias: nil, declaredKeyID: nil,
                    publicKey: key.subjectPublicKeyInfo,
                    certificate: nil, notBefore: nil, notAfter: nil, importedAt: stamp.time)
            ], audit: stamp)
        _ = try await store.put(try connection(at: stamp.time, readAs: readAs), over: nil, audit: stamp)
    }

    private func connection(at time: Timestamp, readAs: DynamicsSettings.ReadAs) throws -> Connection {
        let client = try GUID(try standIns.client()).unwrapped("client")
        return Connection(
            id,
            .dynamics(
                DynamicsSettings(
                    tenantID: try GUID(try standIns.tenant()).unwrapped("tenant"), clientID: client,
                    environmentURL: standIns.contoso, readAs: readAs)),
            credential: try ConnectionCredential.secret(Secret(Array(StandIns.secret.utf8)))
                .sealed(for: id, client: client, endingAt: nil, at: time, by: vault),
            createdAt: time
        )
        .validated(.init(testedAt: time, clientID: client.value, organizationID: nil))
    }

    var clock: MovingClock { standIns.clock }

    private func people() -> DynamicsPeople {
        DynamicsPeople(sender: sender, tokens: EntraTokenClient(sender: sender, clock: clock), cache: RoleCache())
    }

    /// A process that syncs.
    ///
    /// - Parameters:
    ///   - unreadable: addresses in whose place the environment answers a number.
    ///   - afterRequest: hears of each request that was answered.
    func process(
        budget: Int = 1_000_000, unreadable: [String] = [],
        sleep: @escaping @Sendable (Int64) async throws -> Void = { _ in },
        afterRequest: @escaping @Sendable (String) async throws -> Void = { _ in }
    ) -> ConnectionSync {
        let roles = RoleCache()
        let sender = GarblingSender(sender: sender, addresses: unreadable, afterRequest: afterRequest)
        let tokens = EntraTokenClient(sender: sender, clock: clock)
        let setup = setup
        let vendor = DynamicsSyncVendor(
            tokens: tokens, clients: DynamicsClients(vault: vault), roles: roles, setup: { setup })
        let size = SyncBudget.Size(limit: budget, window: 300)
        return ConnectionSync(
            store: store, vendor: vendor, sender: sender, pacer: SyncPacer(clock: clock, size, sleep: sleep),
            clock: clock, addresses: { .none }, applied: { _ in })
    }

    /// Syncs once, a minute later.
    @discardableResult
    func sync(
        everybody: Bool = false, goesOn: Bool = false, isDryRun: Bool = false, _ process: ConnectionSync? = nil
    ) async throws -> SyncReport {
        clock.advance(seconds: 60)
        let order = SyncOrder(actor: .bridge, everybody: everybody, goesOn: goesOn, isDryRun: isDryRun)
        return try await (process ?? self.process()).run(id, order)
    }

    /// What the environment gives a person who signs in now, past all caches; or the code of the refusal.
    func signIn(_ name: String) async throws -> Result<Account, LoginRefusal> {
        let connection = try await store.connection(id).unwrapped("connection")
        let tenant = try await tenantState()
        let judge = DynamicsJudge(people: people(), setup: setup, clients: DynamicsClients(vault: vault))
        let person = EntraPerson(
            tenantID: try GUID(try standIns.tenant()).unwrapped("tenant"),
            objectID: try GUID(try standIns.person(name)).unwrapped("person"))
        let judgement = await judge.judge(person, through: connection, by: tenant.access, now: clock.now)
        let login = LiveLogin(
            decided: judgement.outcome, by: judgement.facts, source: .dynamics, steps: judgement.trace.checks,
            at: clock.now)
        do throws(LoginRefusal) {
            return .success(
                try await logins().admit(login, of: tenant, requestID: nil, now: clock.now).account)
        } catch {
            return .failure(error)
        }
    }

    /// A token of the tenant's own signer, issued now.
    func token(_ email: String, role: Role = .agent) throws -> String {
        let now = clock.now.seconds
        return try TokenMaker().token([
            "sub": "\"\(email)\"", "iat": "\(now)", "exp": "\(now + 86_000)", "role": "\"\(role.rawValue)\"",
        ])
    }

    /// Whether a token lets its person in.
    func works(_ token: String) async throws -> Bool {
        do throws(LoginRefusal) {
            _ = try await logins().admit(UnverifiedToken(checking: token), now: clock.now)
            return true
        } catch {
            return false
        }
    }

    func account(_ email: String) async throws -> Account? {
        try await store.account(try EmailAddress(email).unwrapped("address"), of: license)
    }

    func status(_ name: String) async throws -> Account.Status? {
        try await account("\(name)@contoso.example")?.status
    }

    private func directory() -> LoginDirectory {
        LoginDirectory(store: store, addresses: .none, bridgeKeys: [])
    }

    /// With nothing in memory.
    private func logins() -> LoginService { LoginService(directory: directory(), store: store) }

    private func tenantState() async throws -> TenantState {
        guard case .tenant(let tenant) = try await directory().load(license.value) else {
            throw StoreError(.notFound, "no tenant")
        }
        return tenant
    }

    func change(_ name: String, _ row: String) throws {
        try standIns.simulator.changePerson(name, #"{"environments":{"contoso":\#(row)}}"#)
    }
}

extension UnverifiedToken {
    fileprivate init(checking token: String) throws(LoginRefusal) {
        do throws(TokenRefusal) {
            self = try UnverifiedToken(token)
        } catch {
            throw .token(error)
        }
    }
}
