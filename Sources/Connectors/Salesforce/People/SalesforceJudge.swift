package import AuthService
package import BridgeCore

/// Decides about people who have signed in with Salesforce, or who would, by what their org says of them.
///
/// Nobody is refused by what is a minute old: before a refusal the org is asked again.
package struct SalesforceJudge: Sendable {
    let people: SalesforcePeople
    private let setup: SalesforceSetup
    private let clients: SalesforceClients

    package init(people: SalesforcePeople, setup: SalesforceSetup, clients: SalesforceClients) {
        self.people = people
        self.setup = setup
        self.clients = clients
    }

    /// Decides about the person whose own token `session` is.
    ///
    /// Refusals: `organization_mismatch`, `connection_unvalidated`, `roles_unavailable`, those of `AccessPolicy`, and what
    /// keeps the org from being asked (`upstream_unavailable` and its like).
    package func judge(
        _ session: SalesforceSession, through connection: Connection, by policy: AccessPolicy, now: Timestamp
    ) async -> Judgement {
        var trace = FullTrace()
        let question: SalesforcePeople.Question
        do throws(ConnectorError) {
            question = try self.question(connection, policy, now: now)
            try question.checkOrganization(session.identity)
        } catch {
            return Judgement(.failure(trace.refused(.connection, AccessDenial(error))), trace)
        }
        trace.note(.connection, .passed, "\(connection.id), \(session.instance)")
        let first = await judge(question, session, .recent, by: policy, trace)
        // What was asked just now has no other answer a moment later.
        guard first.usedMemory, let denial = first.reasonToAskAgain else { return first }
        trace.noteAskedAgain(denial)
        return await judge(question, session, .strong, by: policy, trace)
    }

    /// - Throws: `connection_unvalidated`, and as `SalesforceClients.application`.
    func question(
        _ connection: Connection, _ policy: AccessPolicy, now: Timestamp
    ) throws(ConnectorError) -> SalesforcePeople.Question {
        guard connection.isValidated(operatorClientID: setup.operatorClient?.clientID) else {
            throw .unvalidated(connection.id)
        }
        return SalesforcePeople.Question(
            connection: connection, settings: try connection.requireSalesforce(),
            application: try clients.application(of: connection, setup: setup), wanted: SalesforceRoles.Wanted(policy),
            now: now)
    }

    private func judge(
        _ question: SalesforcePeople.Question, _ session: SalesforceSession, _ freshness: SalesforcePeople.Freshness,
        by policy: AccessPolicy, _ soFar: FullTrace
    ) async -> Judgement {
        var trace = soFar
        let answer: SalesforcePeople.Answer
        do throws(ConnectorError) {
            answer = try await people.answer(question, session, freshness)
        } catch {
            return Judgement(.failure(trace.refused(.user, AccessDenial(error))), trace)
        }
        return judge(answer, by: policy, now: question.now, trace)
    }

    /// Decides by what the org has said.
    func judge(
        _ answer: SalesforcePeople.Answer, by policy: AccessPolicy, now: Timestamp, _ soFar: FullTrace
    ) -> Judgement {
        var trace = soFar
        answer.note(in: &trace)
        let decisive = answer.decisive(for: policy, now: now)
        if let doubt = decisive.doubt { trace.note(.roles, .warning, doubt.detail) }
        let outcome = policy.decide(
            decisive.facts, rolesProblem: decisive.doubt ?? answer.rolesProblem, now: now, &trace)
        return Judgement(outcome, facts: answer.facts, trace, usedMemory: answer.origin == .kept)
    }
}

extension SalesforcePeople.Question {
    /// - Throws: `organization_mismatch` for somebody of another org than the connected one.
    func checkOrganization(_ identity: SalesforceIdentity) throws(ConnectorError) {
        guard identity.organizationID == settings.organizationID else {
            throw .organizationMismatch(identity, settings.organizationID)
        }
    }
}

extension SalesforcePeople.Answer {
    /// Takes note of who it is, and of what could be learnt of the roles.
    fileprivate func note(in trace: inout FullTrace) {
        guard case .salesforce(let facts) = facts.origin else { return }
        let username = facts.username.map { " (\(quoted($0)))" } ?? ""
        trace.note(.user, .passed, "the user \(facts.userID?.value ?? "")\(username)")
        for fact in SalesforceFacts.Unreadable.allCases where facts.unreadable.contains(fact) {
            trace.note(.roles, .warning, "\(fact.rawValue) could not be read: that takes \"\(fact.right)\"")
        }
        if let rolesProblem { trace.note(.roles, origin.hasRoles ? .warning : .failed, rolesProblem.detail) }
        if origin.hasRoles { trace.note(.roles, .passed, "\(facts.rolesWords), \(origin.words)") }
    }
}

extension SalesforcePeople.RolesOrigin {
    fileprivate var hasRoles: Bool { self != .nowhere }

    fileprivate var words: String {
        switch self {
        case .kept: "read within the last minute"
        case .integrationUser: "read now by the integration user"
        case .agentToken: "read now with the agent's own token"
        case .claim: "by the claim custom_permissions of the agent's own token"
        case .nowhere: "not read"
        }
    }
}

extension SalesforceFacts {
    fileprivate var rolesWords: String {
        let kinds = [
            (permissionSets, "permission sets"), (permissionSetGroups, "groups"),
            (customPermissions, "custom permissions"),
        ]
        let words = kinds.compactMap { list, name in list.map { "\($0.count) \(name)" } }
        return words.isEmpty ? "no rule asks for what is assigned" : words.joined(separator: ", ")
    }
}
