internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Connectors

/// What sign-ins by authorization code are made of, whichever vendor's: sign-ins under way, connections that were tested,
/// and decisions with the steps that led to them.
struct CodeFlow: Sendable {
    let kind: ConnectionID.Kind
    let source: Decision.Source
    /// Who lets people in, as traces call it.
    let provider: String
    /// What is said where a tenant has no such connection, and where there is no such tenant.
    let noConnection: ConnectorError
    let store: any ConnectionStore & OneTimeStore
    let vault: any SecretVault
    let directory: LoginDirectory
    /// The endpoint that codes are redeemed at.
    let endpoint: TokenEndpoint
    let keys: ProviderKeys
    let clock: any WallClock
    let random: any RandomSource
    /// The client that serves connections without one of their own, as of the moment.
    let operatorClientID: @Sendable () -> String?

    init(
        _ kind: ConnectionID.Kind, source: Decision.Source, provider: String, noConnection: ConnectorError,
        store: any ConnectionStore & OneTimeStore, vault: any SecretVault, directory: LoginDirectory,
        endpoint: TokenEndpoint, keys: ProviderKeys, clock: any WallClock,
        random: any RandomSource = SystemRandomSource(), operatorClientID: @escaping @Sendable () -> String?
    ) {
        self.kind = kind
        self.source = source
        self.provider = provider
        self.noConnection = noConnection
        self.store = store
        self.vault = vault
        self.directory = directory
        self.endpoint = endpoint
        self.keys = keys
        self.clock = clock
        self.random = random
        self.operatorClientID = operatorClientID
    }

    /// Begins and ends sign-ins whose share of the room `address` has.
    ///
    /// - Parameter findClient: the client that a sign-in was begun with.
    func desk<Client: OpenIDClient>(
        address: String, findClient: @escaping @Sendable (PendingSignIn) async throws(ConnectorError) -> Client
    ) -> SignInDesk<Client> {
        SignInDesk(
            pending: StoredSignIns(store: store, vault: vault, clock: clock, address: address), endpoint: endpoint,
            keys: keys, clock: clock, random: random, findClient: findClient)
    }

    /// Sends a browser to the provider, at the client that `client` makes of the connection.
    func begin<Client: OpenIDClient>(
        _ beginning: SignInBeginning, by desk: SignInDesk<Client>,
        _ client: (Connection) throws(ConnectorError) -> Client
    ) async throws(SignInEnd) -> SignInStart {
        do throws(ConnectorError) {
            let id = try id(named: beginning.connection, of: beginning.license)
            let client = try client(try await connection(id))
            let intent = SignInIntent(
                license: beginning.license, connection: id.identityName, redirectTo: beginning.redirectTo)
            return try await desk.begin(intent, at: client, cookie: beginning.cookie)
        } catch {
            throw SignInEnd(error, at: .connection)
        }
    }

    /// What a browser has come back with; `proven` says what a proven sign-in leads to.
    func finish<Client: OpenIDClient>(
        _ request: BrowserRequest, by desk: SignInDesk<Client>, at now: Timestamp,
        _ proven: (SignedIn<Client.Person>) async -> SignInOutcome
    ) async -> SignInOutcome {
        let signedIn: SignedIn<Client.Person>
        do throws(SignInRefusal) {
            signedIn = try await desk.finish(query: request.query, cookie: SignInCookie(in: request.cookies))
        } catch {
            return await outcome(of: error, at: now)
        }
        return await proven(signedIn)
    }

    private func outcome(of refusal: SignInRefusal, at now: Timestamp) async -> SignInOutcome {
        guard let record = refusal.record, record.purpose == .login, let tenant = await tenant(record.license) else {
            return .unknown(refusal.error)
        }
        let login = LiveLogin(
            endedBy: AccessDenial(refusal.error), at: refusal.step.check, source: source,
            steps: refusal.step.passedBefore(by: provider), at: now)
        return .ended(login, tenant, record)
    }

    /// What a sign-in that was proven is worth.
    ///
    /// - Parameters:
    ///   - known: the facts that are known of somebody of whom the CRM has said nothing: who it is, and no more.
    ///   - judge: asks the CRM and decides.
    func decide(
        _ record: PendingSignIn, at now: Timestamp, known: (ConnectionName) -> LoginFacts,
        _ judge: (Connection, AccessPolicy) async -> Judgement
    ) async -> SignInOutcome {
        guard let tenant = await tenant(record.license) else { return .unknown(noConnection) }
        let steps = SignInStep.allPassed(by: provider)
        var facts: LoginFacts?
        do throws(ConnectorError) {
            let id = try id(of: record)
            facts = known(id.name)
            let connection = try await connection(id)
            let judgement = await judge(connection, tenant.access)
            let login = LiveLogin(
                decided: judgement.outcome, by: judgement.facts ?? facts, source: source,
                steps: steps + judgement.trace.checks, at: now)
            return .ended(login, tenant, record)
        } catch {
            let login = LiveLogin(
                endedBy: AccessDenial(error), at: .connection, knowing: facts, source: source, steps: steps, at: now)
            return .ended(login, tenant, record)
        }
    }
}

extension CodeFlow {
    /// The connection of that name, whether or not it is there.
    ///
    /// - Throws: as if it were not, for what can be no name.
    func id(named name: String, of license: License) throws(ConnectorError) -> ConnectionID {
        guard let name = ConnectionName(name) else { throw noConnection }
        return ConnectionID(kind, name, of: license)
    }

    /// The connection that a sign-in was begun with.
    func id(of record: PendingSignIn) throws(ConnectorError) -> ConnectionID {
        guard let id = ConnectionID(kind, identityName: record.connection, of: record.license) else {
            throw noConnection
        }
        return id
    }

    /// The connection; `nil` where there is none.
    ///
    /// - Throws: `internal`.
    func stored(_ id: ConnectionID) async throws(ConnectorError) -> Connection? {
        do throws(StoreError) {
            return try await store.connection(id)
        } catch {
            throw ConnectorError(stored: error)
        }
    }

    /// A connection that has passed its test.
    ///
    /// - Throws: `connection_missing`, `connection_unvalidated`, `internal`.
    func connection(_ id: ConnectionID) async throws(ConnectorError) -> Connection {
        guard let connection = try await stored(id) else { throw noConnection }
        guard connection.isValidated(operatorClientID: operatorClientID()) else { throw .unvalidated(id) }
        return connection
    }

    /// All of a tenant's connections of this kind; none where they cannot be read.
    func connections(of license: License) async -> [Connection] {
        ((try? await store.connections(of: license)) ?? []).filter { $0.id.kind == kind }
    }

    /// A tenant that is there; `nil` also where that cannot be found out.
    func tenant(_ license: License) async -> TenantState? {
        (try? await directory.state(of: license.value)) ?? nil
    }
}

extension LoginDirectory {
    /// The tenant of that license, loaded where it is not in memory; `nil` for none.
    func state(of license: String) async throws(StoreError) -> TenantState? {
        let entry = if let known = tenant(license) { known } else { try await load(license) }
        if case .tenant(let tenant) = entry { return tenant }
        return nil
    }
}
