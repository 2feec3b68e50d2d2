internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Connectors

/// Signs people in at Entra, and asks the environment of Dynamics 365 about them.
struct DynamicsSignIns: SignInVendor {
    let services: DynamicsServices
    let store: any ConnectionStore & OneTimeStore
    let vault: any SecretVault
    let directory: LoginDirectory
    let site: @Sendable () -> SignInSite
    let clock: any WallClock
    let random: any RandomSource

    let source = Decision.Source.dynamics
    let beginPath = Route.dynamicsAuth.path

    let noConnection = ConnectorError(
        .connectionMissing, "there is no connection to Dynamics 365 for this license",
        hint: "an administrator of the Cobrowse account connects the environment; check the license key, too",
        fixedBy: .bridgeOperator)

    func begin(_ beginning: SignInBeginning) async throws(SignInEnd) -> SignInStart {
        do throws(ConnectorError) {
            guard let name = ConnectionName(beginning.connection) else { throw noConnection }
            let id = ConnectionID(.dynamics, name, of: beginning.license)
            let client = try client(of: try await connection(id))
            let intent = SignInIntent(
                license: beginning.license, connection: id.identityName, redirectTo: beginning.redirectTo)
            return try await desk(address: beginning.address).begin(intent, at: client, cookie: beginning.cookie)
        } catch {
            throw SignInEnd(error, at: .connection)
        }
    }

    func finish(_ request: BrowserRequest, at now: Timestamp) async -> SignInOutcome {
        do throws(SignInRefusal) {
            let signedIn = try await desk(address: request.caller.address)
                .finish(query: request.query, cookie: SignInCookie(in: request.cookies))
            if let caller = signedIn.record.caller { return .organizations(signedIn, caller: caller) }
            let outcome = await outcome(of: signedIn, at: now)
            guard signedIn.record.purpose == .organizations, case .ended(let login, let tenant, _) = outcome else {
                return outcome
            }
            return .ownOrganizations(signedIn, login, tenant)
        } catch {
            guard let record = error.record, record.purpose == .login, let tenant = await tenant(record.license) else {
                return .unknown(error.error)
            }
            let login = LiveLogin(
                endedBy: AccessDenial(error.error), at: error.step.check, source: source,
                steps: Self.steps(before: error.step), at: now)
            return .ended(login, tenant, record)
        }
    }

    func frameOrigins(of license: License) async -> [WebOrigin] {
        let connections = try? await store.connections(of: license)
        return (connections ?? []).compactMap { connection in
            switch connection.settings {
            case .dynamics(let settings): WebOrigin(settings.environmentURL)
            case .salesforce: nil
            }
        }
    }
}

extension DynamicsSignIns {
    /// Sends an administrator's browser to Microsoft, for a token of the discovery service.
    ///
    /// - Throws: `state_invalid` where nobody is known to have asked, and the connection does not tell who is an
    ///   administrator; `connection_missing`, `connection_unvalidated`, `configuration_invalid`, `internal`.
    func beginForOrganizations(
        _ intent: SignInIntent, _ id: ConnectionID, _ request: BrowserRequest
    ) async throws(ConnectorError) -> SignInStart {
        if intent.caller == nil {
            guard case .dynamics(let settings) = try await connection(id).settings, settings.readAs == .application
            else {
                throw ConnectorError(
                    .stateInvalid, "the \(id) does not tell who is an administrator before the agent's own sign-in",
                    hint: "ask for the organizations first: the answer has a URL for you", fixedBy: .tenantAdministrator
                )
            }
        }
        return try await desk(address: request.caller.address).begin(
            intent, at: try await organizationClient(id), cookie: SignInCookie(in: request.cookies),
            prompt: "select_account")
    }

    /// The client at which an administrator signs in, for whom there need be no connection yet.
    private func organizationClient(_ id: ConnectionID) async throws(ConnectorError) -> EntraSignIn {
        let connection: Connection?
        do throws(StoreError) {
            connection = try await store.connection(id)
        } catch {
            throw ConnectorError(stored: error)
        }
        let search = try services.organizations(through: connection)
        return EntraSignIn(
            application: search.application, redirectURI: try site().url(of: Route.dynamicsCallback.path),
            resource: search.resource, staysSignedIn: true, random: random)
    }

    /// What the environment says of somebody whom Entra has let in, and what that is worth.
    private func outcome(of signedIn: SignedIn<EntraPerson>, at now: Timestamp) async -> SignInOutcome {
        let record = signedIn.record
        guard let tenant = await tenant(record.license) else { return .unknown(noConnection) }
        let steps = Self.steps(before: nil)
        let id = ConnectionID(.dynamics, identityName: record.connection, of: record.license)
        do throws(ConnectorError) {
            guard let id else { throw noConnection }
            let connection = try await connection(id)
            let judge = DynamicsJudge(people: services.people, setup: services.setup(), clients: services.clients)
            let judgement = await judge.judge(
                signedIn.person, agentToken: signedIn.grant.accessToken, through: connection, by: tenant.access,
                now: now)
            let login = LiveLogin(
                decided: judgement.outcome, by: judgement.facts ?? Self.facts(signedIn.person, id.name), source: source,
                steps: steps + judgement.trace.checks, at: now)
            return .ended(login, tenant, record)
        } catch {
            let login = LiveLogin(
                endedBy: AccessDenial(error), at: .connection, source: source, steps: steps, at: now)
            return .ended(login, tenant, record)
        }
    }

    /// What is known of a person of whom the environment has said nothing: who it is, and no more.
    private static func facts(_ person: EntraPerson, _ connection: ConnectionName) -> LoginFacts {
        let person = DynamicsFacts.Person(
            connection: connection, tenantID: person.tenantID, objectID: person.objectID)
        return LoginFacts(
            email: "", displayName: nil, claimedRole: .absent, origin: .dynamics(DynamicsFacts(person: person)))
    }

    private func desk(address: String) -> SignInDesk<EntraSignIn> {
        SignInDesk(
            pending: StoredSignIns(store: store, vault: vault, clock: clock, address: address),
            endpoint: services.endpoint, keys: services.providerKeys, clock: clock, random: random
        ) { record throws(ConnectorError) in
            guard let id = ConnectionID(.dynamics, identityName: record.connection, of: record.license) else {
                throw noConnection
            }
            if record.purpose == .organizations { return try await organizationClient(id) }
            return try client(of: try await connection(id))
        }
    }

    /// A connection that has passed its test.
    private func connection(_ id: ConnectionID) async throws(ConnectorError) -> Connection {
        let connection: Connection?
        do throws(StoreError) {
            connection = try await store.connection(id)
        } catch {
            throw ConnectorError(stored: error)
        }
        guard let connection else { throw noConnection }
        guard connection.isValidated(operatorClientID: services.connections.operatorClientID?.value) else {
            throw ConnectorError(
                .connectionUnvalidated, "the \(id) has not passed a test since it was changed",
                hint: "an administrator tests and saves it: cobrowse-sso dynamics save --license \(id.license) "
                    + "--connection \(id.name)", fixedBy: .bridgeOperator)
        }
        return connection
    }

    private func client(of connection: Connection) throws(ConnectorError) -> EntraSignIn {
        let client = try services.clients.client(of: connection, setup: services.setup())
        var resource: TokenResource?
        if case .dynamics(let settings) = connection.settings, settings.readAs == .agent { resource = client.resource }
        return EntraSignIn(
            application: client.application, redirectURI: try site().url(of: Route.dynamicsCallback.path),
            resource: resource, random: random)
    }

    private func tenant(_ license: License) async -> TenantState? {
        let entry =
            if let known = directory.tenant(license.value) { known } else {
                try? await directory.load(license.value)
            }
        if case .tenant(let tenant)? = entry { return tenant }
        return nil
    }

    /// The steps that were passed before `step`; all of them for `nil`.
    private static func steps(before step: SignInStep?) -> [Check] {
        let passed = SignInStep.allCases.prefix { $0 != step }
        return passed.map { Check($0.check, .passed, $0.words) }
    }
}

extension SignInStep {
    /// The step in the trace of a decision.
    fileprivate var check: Check.Name {
        switch self {
        case .state: .state
        case .code: .code
        case .idToken: .idToken
        }
    }

    /// What it means to have passed it.
    fileprivate var words: String {
        switch self {
        case .state: "the browser that left has come back, once and in time"
        case .code: "Entra let the person in, and gave tokens for the code"
        case .idToken: "Entra's ID token was verified"
        }
    }
}
