internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import Connectors

/// Signs people in at Entra, and asks the environment of Dynamics 365 about them.
struct DynamicsSignIns: SignInVendor {
    let services: DynamicsServices
    let flow: CodeFlow
    let site: @Sendable () -> SignInSite

    let beginPath = Route.dynamicsAuth.path

    static let noConnection = ConnectorError(
        .connectionMissing, "there is no connection to Dynamics 365 for this license",
        hint: "an administrator of the Cobrowse account connects the environment; check the license key, too",
        fixedBy: .bridgeOperator)

    func begin(_ beginning: SignInBeginning) async throws(SignInEnd) -> SignInStart {
        try await flow.begin(beginning, by: desk(address: beginning.address), client)
    }

    func finish(_ request: BrowserRequest, at now: Timestamp) async -> SignInOutcome {
        await flow.finish(request, by: desk(address: request.caller.address), at: now) { signedIn in
            if let caller = signedIn.record.caller { return .organizations(signedIn, caller: caller) }
            let outcome = await outcome(of: signedIn, at: now)
            guard signedIn.record.purpose == .organizations, case .ended(let login, let tenant, _) = outcome else {
                return outcome
            }
            return .ownOrganizations(signedIn, login, tenant)
        }
    }

    func frameOrigins(of license: License) async -> [WebOrigin] {
        await flow.connections(of: license).compactMap { connection in
            if case .dynamics(let settings) = connection.settings { WebOrigin(settings.environmentURL) } else { nil }
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
            guard case .dynamics(let settings) = try await flow.connection(id).settings,
                settings.readAs == .application
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
        let search = try services.organizations(through: try await flow.stored(id))
        return EntraSignIn(
            application: search.application, redirectURI: try site().url(of: Route.dynamicsCallback.path),
            resource: search.resource, staysSignedIn: true, random: flow.random)
    }

    /// What the environment says of somebody whom Entra has let in, and what that is worth.
    private func outcome(of signedIn: SignedIn<EntraPerson>, at now: Timestamp) async -> SignInOutcome {
        await flow.decide(
            signedIn.record, at: now, known: { Self.facts(signedIn.person, $0) }
        ) { connection, policy in
            let judge = DynamicsJudge(people: services.people, setup: services.setup(), clients: services.clients)
            return await judge.judge(
                signedIn.person, agentToken: signedIn.grant.accessToken, through: connection, by: policy, now: now)
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
        flow.desk(address: address) { record throws(ConnectorError) in
            let id = try flow.id(of: record)
            if record.purpose == .organizations { return try await organizationClient(id) }
            return try client(of: try await flow.connection(id))
        }
    }

    private func client(of connection: Connection) throws(ConnectorError) -> EntraSignIn {
        let client = try services.clients.client(of: connection, setup: services.setup())
        var resource: TokenResource?
        if case .dynamics(let settings) = connection.settings, settings.readAs == .agent { resource = client.resource }
        return EntraSignIn(
            application: client.application, redirectURI: try site().url(of: Route.dynamicsCallback.path),
            resource: resource, random: flow.random)
    }
}
