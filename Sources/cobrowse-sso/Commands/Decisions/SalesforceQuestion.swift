internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// What a login of a user of a connected Salesforce org would come to, asked of the org.
struct SalesforceQuestion {
    private let user: String
    private let session: StoreSession
    private let context: CommandContext

    /// - Parameter user: an address, or a Salesforce username.
    init(_ user: String, _ session: StoreSession, _ context: CommandContext) {
        self.user = user
        self.session = session
        self.context = context
    }

    /// The decision as it would be stored; `nil` where no org is connected that its integration user can be asked, and
    /// where none knows the user.
    ///
    /// - Throws: what keeps an org from being asked, unless there is a decision of the past to show instead.
    func answer(_ tenant: TenantState, now: Timestamp) throws(CommandFailure) -> String? {
        let connections = try connections(of: tenant.license)
        guard !connections.isEmpty else { return nil }
        let past = try newestDecision(of: tenant.license)
        do throws(CommandFailure) {
            guard let answer = try ask(connections, tenant, now: now) else {
                context.messages.note("no connected Salesforce org has a user of this username or address")
                return nil
            }
            context.messages.note("the \(answer.connection) was asked just now")
            if let past { context.messages.note("of the past: cobrowse-sso explain --decision \(past)") }
            return answer.document
        } catch {
            guard past != nil else { throw error }
            context.messages.warning("Salesforce was not asked: \(error.detail)", hint: error.hint)
            return nil
        }
    }

    private func connections(of license: License) throws(CommandFailure) -> [Connection] {
        try session.run { store async throws(StoreError) in
            try await store.connections(of: license).filter { $0.salesforce?.integrationUsername != nil }
        }
    }

    private func newestDecision(of license: License) throws(CommandFailure) -> String? {
        let email = user
        return try session.run { store async throws(StoreError) in
            try await store.decisions(of: license, email: email, before: nil, limit: 1).first?.id
        }
    }

    private struct Answer: Sendable {
        let document: String
        let connection: ConnectionID
    }

    private func ask(
        _ connections: [Connection], _ tenant: TenantState, now: Timestamp
    ) throws(CommandFailure) -> Answer? {
        let (configuration, user) = (session.configuration, user)
        let variables = context.environment.variables
        return try session.run { store async throws(StoreError) in
            let desk = try await ConnectionDesk.open(
                configuration, store: store, environment: variables, clock: SystemClock())
            defer { desk.close() }
            do throws(ConnectorError) {
                for connection in connections {
                    guard
                        let judgement = try await desk.salesforceJudge.judge(
                            userCalled: user, through: connection, by: tenant.access, now: now)
                    else { continue }
                    let login = LiveLogin(
                        decided: judgement.outcome, by: judgement.facts, source: .hypothetical,
                        steps: judgement.trace.checks, at: now)
                    let decision: Decision
                    do throws(StoreError) {
                        decision = try await Hypothesis(store: store, tenant: tenant, now: now).decision(of: login)
                    } catch {
                        throw ConnectorError(error.code, error.detail, hint: error.hint)
                    }
                    return Answer(document: decision.document, connection: connection.id)
                }
                return nil
            } catch {
                throw StoreError(error.code, error.detail, hint: error.hint)
            }
        }
    }
}
