package import AuthService
package import BridgeCore
package import HTTPMessage

/// The staged test of a connection: input, token, organization, permissionSets, emails; the first stage that fails is the
/// last one.
///
/// It reads no record of a customer: who is asking, the org's own name, sets and permissions by name, and one row of whatever
/// else the bridge has to be able to read.
package struct SalesforceTest: Sendable {
    private let sender: any HTTPSender
    private let tokens: any SalesforceTokens

    package init(sender: any HTTPSender, tokens: any SalesforceTokens) {
        self.sender = sender
        self.tokens = tokens
    }

    /// What a test came to.
    package struct Outcome: Sendable {
        package let stages: [ConnectionStage]
        /// What was tested and passed; `nil` where a stage failed.
        package let passed: Passed?
    }

    /// A connection as it passed its test.
    package struct Passed: Sendable {
        package let candidate: SalesforceCandidate
        package let settings: SalesforceSettings
        package let validation: Connection.Validation
    }

    /// Tests what `input` would make.
    ///
    /// - Parameter rules: of the tenant; what they name is looked for.
    package func run(_ input: consuming SalesforceInput, rules: [Rule], now: Timestamp) async -> Outcome {
        var stages: [ConnectionStage] = []
        let candidate: SalesforceCandidate
        do throws(ConnectorError) {
            candidate = try input.candidate()
        } catch {
            return Outcome(stages: [.failed(.input, error)], passed: nil)
        }
        stages.append(.passed(.input, candidate.summary, warning: candidate.warning))
        do throws(StageFailure) {
            let organizationID = try await access(candidate, rules, &stages)
            let passed = Passed(
                candidate: candidate, settings: candidate.settings(of: organizationID),
                validation: Connection.Validation(
                    testedAt: now, clientID: candidate.application.clientID, organizationID: organizationID.value))
            return Outcome(stages: stages, passed: passed)
        } catch {
            return Outcome(stages: stages + [.failed(error.name, error.error)], passed: nil)
        }
    }

    /// The stages that ask Salesforce; the org's id.
    private func access(
        _ candidate: SalesforceCandidate, _ rules: [Rule], _ stages: inout [ConnectionStage]
    ) async throws(StageFailure) -> SalesforceID {
        guard candidate.application.grant != nil else { return try await login(candidate, &stages) }
        let session = try await token(candidate, &stages)
        let probe = OrgProbe(SalesforceClient(sender: sender, session: session), session, rules)
        stages.append(
            try await StageFailure.of(.organization) { () async throws(ConnectorError) in
                try await probe.organization(candidate)
            })
        stages.append(
            try await StageFailure.of(.permissionSets) { () async throws(ConnectorError) in
                try await probe.permissionSets()
            })
        stages.append(
            try await StageFailure.of(.emails) { () async throws(ConnectorError) in try await probe.emails() })
        return session.identity.organizationID
    }

    /// The token stage: a session of the integration user, and whether the secret is the app's.
    private func token(
        _ candidate: SalesforceCandidate, _ stages: inout [ConnectionStage]
    ) async throws(StageFailure) -> SalesforceSession {
        let application = candidate.application
        let (session, verdict) = try await StageFailure.of(.token) {
            () async throws(ConnectorError) -> (SalesforceSession, SecretProof.Verdict?) in
            let session = try await newSession(of: application)
            return (session, try await secretVerdict(on: application, by: session))
        }
        let granted = "Salesforce gave a token for \(candidate.readerName), which counts at \(session.instance)"
        switch verdict {
        case nil: stages.append(.passed(.token, granted))
        case .proven: stages.append(.passed(.token, "\(granted), and takes the consumer secret"))
        case .open(let why): stages.append(.passed(.token, granted, warning: .secretOpen(why)))
        }
        return session
    }

    /// Whether the secret is the app's; `nil` where there is none.
    private func secretVerdict(
        on application: SalesforceApplication, by session: SalesforceSession
    ) async throws(ConnectorError) -> SecretProof.Verdict? {
        guard let secret = application.secret else { return nil }
        // Without a key it is the secret that got the session.
        guard application.key != nil else { return .proven }
        return try await SecretProof(sender: sender).verdict(on: secret, of: application, by: session)
    }

    /// A new session; where the login cannot be reached, it is said whether there is one.
    private func newSession(of application: SalesforceApplication) async throws(ConnectorError) -> SalesforceSession {
        do throws(ConnectorError) {
            return try await tokens.newSession(of: application)
        } catch {
            if error.code == .upstreamUnavailable { try await LoginProbe(sender: sender).find(application.login) }
            throw error
        }
    }

    /// The token stage of a connection that reads with the tokens of people who sign in: whether its login is one.
    private func login(
        _ candidate: SalesforceCandidate, _ stages: inout [ConnectionStage]
    ) async throws(StageFailure) -> SalesforceID {
        let login = candidate.application.login
        try await StageFailure.of(.token) { () async throws(ConnectorError) in
            try await LoginProbe(sender: sender).look(at: login)
        }
        // `SalesforceInput.check` lets nobody through who names neither a reader nor the org.
        guard let organizationID = candidate.organizationID else {
            throw StageFailure(
                name: .token, error: ConnectorError(.configurationInvalid, "organizationId: is missing"))
        }
        stages.append(
            .passed(
                .token, "\(login) signs people in; without an integration user each agent's own token reads",
                warning: .appOpen(organizationID)))
        return organizationID
    }
}
