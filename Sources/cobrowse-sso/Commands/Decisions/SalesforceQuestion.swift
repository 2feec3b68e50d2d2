internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// What a login of a user of a connected Salesforce org would come to, asked of every org that is connected.
struct SalesforceQuestion {
    private let user: String
    /// The connection to ask through; `nil` for all.
    private let connection: ConnectionName?
    private let session: StoreSession
    private let context: CommandContext

    /// - Parameter user: an address, or a Salesforce username.
    init(_ user: String, through connection: ConnectionName?, _ session: StoreSession, _ context: CommandContext) {
        self.user = user
        self.connection = connection
        self.session = session
        self.context = context
    }

    /// The decision as it would be stored; `nil` where no org is connected that its integration user can be asked, and
    /// where none knows the user.
    ///
    /// - Throws: `conflict` where several orgs know the user; what keeps every org that might from being asked, unless there
    ///   is a decision of the past to show instead; `connection_missing` for a connection that is not there.
    func answer(_ tenant: TenantState, now: Timestamp) throws(CommandFailure) -> String? {
        let connections = try connections(of: tenant.license)
        guard !connections.isEmpty else { return nil }
        let asked = try ask(connections, tenant, now: now)
        let past = try newestDecision(of: tenant.license)
        guard let answer = try asked.only(user) else {
            guard let failure = asked.failures.first else {
                context.messages.note("no connected Salesforce org has a user of this username or address")
                return nil
            }
            guard past != nil else { throw CommandFailure(failure.error) }
            warn(of: asked.failures)
            return nil
        }
        warn(of: asked.failures)
        context.messages.note("the \(answer.connection) was asked just now")
        if let past { context.messages.note("of the past: cobrowse-sso explain --decision \(past)") }
        return answer.document
    }

    private func warn(of failures: [Asked.Failure]) {
        for failure in failures {
            context.messages.warning(
                "the \(failure.connection) was not asked: \(failure.error.detail)", hint: failure.error.hint)
        }
    }

    private func connections(of license: License) throws(CommandFailure) -> [Connection] {
        let all = try session.run { store async throws(StoreError) in
            try await store.connections(of: license).filter { $0.id.kind == .salesforce }
        }
        guard let connection else { return all.filter { $0.salesforce?.integrationUsername != nil } }
        let named = all.filter { $0.id.name == connection }
        guard !named.isEmpty else {
            throw CommandFailure(StoreError.noConnection(ConnectionID(.salesforce, connection, of: license)))
        }
        return named
    }

    private func newestDecision(of license: License) throws(CommandFailure) -> String? {
        let email = user
        return try session.run { store async throws(StoreError) in
            try await store.decisions(of: license, email: email, before: nil, limit: 1).first?.id
        }
    }

    private func ask(
        _ connections: [Connection], _ tenant: TenantState, now: Timestamp
    ) throws(CommandFailure) -> Asked {
        let (configuration, user) = (session.configuration, user)
        let variables = context.environment.variables
        return try session.run { store async throws(StoreError) in
            let desk = try await ConnectionDesk.open(
                configuration, store: store, environment: variables, clock: SystemClock())
            defer { desk.close() }
            var asked = Asked()
            for connection in connections {
                let judgement: Judgement?
                do throws(ConnectorError) {
                    judgement = try await desk.salesforceJudge.judge(
                        userCalled: user, through: connection, by: tenant.access, now: now)
                } catch {
                    asked.failures.append(Asked.Failure(connection: connection.id, error: error))
                    continue
                }
                guard let judgement else { continue }
                let login = LiveLogin(
                    decided: judgement.outcome, by: judgement.facts, source: .hypothetical,
                    steps: judgement.trace.checks, at: now)
                let decision = try await Hypothesis(store: store, tenant: tenant, now: now).decision(of: login)
                asked.answers.append(Asked.Answer(connection: connection.id, document: decision.document))
            }
            return asked
        }
    }
}

/// What several orgs said when they were asked about one user.
private struct Asked: Sendable {
    struct Answer: Sendable {
        let connection: ConnectionID
        let document: String
    }

    struct Failure: Sendable {
        let connection: ConnectionID
        let error: ConnectorError
    }

    var answers: [Answer] = []
    var failures: [Failure] = []

    /// The answer; `nil` where no org that answered knows the user.
    ///
    /// - Throws: `conflict` where several do: each is a person of its own, with a decision of its own.
    func only(_ user: String) throws(CommandFailure) -> Answer? {
        guard answers.count > 1 else { return answers.first }
        let names = answers.map(\.connection.name.value).joined(separator: ", ")
        throw CommandFailure(
            .conflict, "\(Printable.quoted(user)) is known to the orgs of \(answers.count) connections: \(names)",
            hint: "name one with --connection")
    }
}
