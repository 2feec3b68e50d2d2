package import AuthService
package import BridgeCore
package import HTTPMessage

/// The staged test of a connection: input, token, probe, roles, users; the first stage that fails is the last one.
///
/// It reads no row of a customer: who is asking, roles by name, and one user and one team to see that it may.
package struct DynamicsTest: Sendable {
    private let sender: any HTTPSender
    private let tokens: any ApplicationTokens

    package init(sender: any HTTPSender, tokens: any ApplicationTokens) {
        self.sender = sender
        self.tokens = tokens
    }

    /// What a test came to.
    package struct Outcome: Sendable {
        package let stages: [ConnectionStage]
        /// What was tested; `nil` where its form was not right.
        package let candidate: DynamicsCandidate?
        /// `nil` where a stage failed.
        package let validation: Connection.Validation?
    }

    /// Tests what `input` would make.
    ///
    /// - Parameter rules: of the tenant; the security roles that they name are looked for.
    package func run(_ input: consuming DynamicsInput, rules: [Rule], now: Timestamp) async -> Outcome {
        var stages: [ConnectionStage] = []
        let candidate: DynamicsCandidate
        do throws(ConnectorError) {
            candidate = try input.candidate()
        } catch {
            return Outcome(stages: [.failed(.input, error)], candidate: nil, validation: nil)
        }
        stages.append(.passed(.input, candidate.summary, warning: candidate.warning))
        do throws(StageFailure) {
            let organizationID = try await access(candidate, rules, &stages)
            let validation = Connection.Validation(
                testedAt: now, clientID: candidate.client.application.clientID.value,
                organizationID: organizationID?.value)
            return Outcome(stages: stages, candidate: candidate, validation: validation)
        } catch {
            return Outcome(
                stages: stages + [.failed(error.name, error.error)], candidate: candidate, validation: nil)
        }
    }

    /// The stages that ask others; the organization's id, where the bridge reads the environment itself.
    private func access(
        _ candidate: DynamicsCandidate, _ rules: [Rule], _ stages: inout [ConnectionStage]
    ) async throws(StageFailure) -> GUID? {
        let client = candidate.client
        let token = try await StageFailure.of(.token) { () async throws(ConnectorError) in
            try await tokens.newToken(for: client.resource, of: client.application)
        }
        stages.append(.passed(.token, "Entra gave a token for \(client.environment)"))
        guard candidate.settings.readAs == .application else { return nil }
        let dataverse = DataverseClient(
            sender: sender, environment: client.environment, token: token, caller: .application)
        let caller = try await StageFailure.of(.probe) { () async throws(ConnectorError) in try await dataverse.whoAmI()
        }
        stages.append(
            .passed(
                .probe, "the application user \(caller.userID) of the organization \(caller.organizationID) is let in"))
        stages.append(
            try await StageFailure.of(.roles) { () async throws(ConnectorError) in
                try await RolesProbe(dataverse, rules).stage(userID: caller.userID)
            })
        try await StageFailure.of(.users) { () async throws(ConnectorError) in try await dataverse.probeUsersAndTeams()
        }
        stages.append(.passed(.users, "the application user may read users and teams"))
        return caller.organizationID
    }
}

extension DynamicsCandidate {
    /// The first stage, in words.
    fileprivate var summary: String {
        let place = client.environment.region.map { " in \($0.name)" } ?? ""
        return "tenant \(settings.tenantID), client \(client.application.clientID), \(client.environment)\(place)"
    }

    /// A secret without an end is one that nobody is warned about.
    fileprivate var warning: ConnectionStage.Warning? {
        switch credential {
        case .operators: return nil
        case .stored(let stored): if stored.endsAt != nil { return nil }
        case .given(let credential, let endsAt): if credential.notAfter ?? endsAt != nil { return nil }
        }
        return ConnectionStage.Warning(
            "when the secret ends is not known, so nobody will be warned",
            hint: "copy the date from Certificates & secrets into secretExpiresAt", fixedBy: .tenantAdministrator)
    }
}
