package import AuthService
package import BridgeCore
internal import BridgeCrypto

/// Decides about people who have signed in with Entra, by what their environment says of them.
///
/// Nobody is refused by what is a minute old: before a refusal the environment is asked again, past its own caches.
package struct DynamicsJudge: Sendable {
    private let people: DynamicsPeople
    private let setup: DynamicsSetup
    private let clients: DynamicsClients

    package init(people: DynamicsPeople, setup: DynamicsSetup, clients: DynamicsClients) {
        self.people = people
        self.setup = setup
        self.clients = clients
    }

    /// What the decision came to, and everything it looked at.
    package struct Judgement: Sendable {
        package let outcome: Result<Grant, AccessDenial>
        /// What the environment said; `nil` where it was not asked, or had nothing to say.
        package let facts: LoginFacts?
        package let trace: FullTrace
    }

    /// Decides about somebody whose ID token was verified; addresses and names in that are never looked at.
    ///
    /// - Parameter agentToken: the person's token for the environment, for a connection that reads as the agent.
    ///
    /// Refusals: `tenant_mismatch`, `connection_unvalidated`, `user_unknown`, `roles_unavailable`, those of
    /// `AccessPolicy`, and what keeps the environment from being asked (`upstream_unavailable` and its like).
    package func judge(
        _ person: EntraPerson, agentToken: AccessToken? = nil, through connection: Connection, by policy: AccessPolicy,
        now: Timestamp
    ) async -> Judgement {
        var trace = FullTrace()
        let question: DynamicsPeople.Question
        do throws(AccessDenial) {
            question = try self.question(person, agentToken, connection, policy, now: now)
        } catch {
            return Judgement(outcome: .failure(trace.refused(.connection, error)), facts: nil, trace: trace)
        }
        trace.note(.connection, .passed, "\(connection.id), \(question.client.environment)")
        let first = await judge(question, .recent, by: policy, trace)
        guard case .failure(let denial) = first.outcome, denial.isWorthAskingAgain else { return first }
        trace.note(.connection, .passed, "asked again before a refusal: \(denial.code.rawValue)")
        return await judge(question, .strong, by: policy, trace)
    }

    private func question(
        _ person: EntraPerson, _ agentToken: AccessToken?, _ connection: Connection, _ policy: AccessPolicy,
        now: Timestamp
    ) throws(AccessDenial) -> DynamicsPeople.Question {
        let settings: DynamicsSettings
        do throws(ConnectorError) {
            settings = try connection.requireDynamics()
        } catch {
            throw AccessDenial(error)
        }
        guard person.tenantID == settings.tenantID else { throw .otherTenant(person.tenantID, connection) }
        guard connection.isValidated(operatorClientID: setup.operatorClient?.clientID.value) else {
            throw .unvalidated(connection)
        }
        let client: DynamicsClient
        do throws(ConnectorError) {
            client = try clients.client(of: connection, setup: setup)
        } catch {
            throw AccessDenial(error)
        }
        return DynamicsPeople.Question(
            person: DynamicsFacts.Person(
                connection: connection.id.name, tenantID: person.tenantID, objectID: person.objectID),
            connection: connection, settings: settings, client: client, agentToken: agentToken,
            withTeams: policy.asksForTeams, now: now)
    }

    /// Decides by what the environment says, kept or asked for anew.
    func judge(
        _ question: DynamicsPeople.Question, _ freshness: DynamicsPeople.Freshness, by policy: AccessPolicy,
        _ soFar: FullTrace
    ) async -> Judgement {
        var trace = soFar
        let answer: DynamicsPeople.Answer
        do throws(ConnectorError) {
            guard let found = try await people.answer(question, freshness) else {
                return Judgement(
                    outcome: .failure(trace.refused(.user, .noUser(question))), facts: nil, trace: trace)
            }
            answer = found
        } catch {
            return Judgement(outcome: .failure(trace.refused(.user, AccessDenial(error))), facts: nil, trace: trace)
        }
        trace.note(.user, .passed, "the user \(answer.user.id) with the object id \(question.person.objectID)")
        note(answer, freshness, &trace)
        let facts = LoginFacts(
            email: answer.user.email, displayName: answer.user.fullName, claimedRole: .absent,
            origin: .dynamics(answer.facts))
        return Judgement(
            outcome: decide(facts, answer, by: policy, now: question.now, &trace), facts: facts, trace: trace)
    }

    private func note(
        _ answer: DynamicsPeople.Answer, _ freshness: DynamicsPeople.Freshness, _ trace: inout FullTrace
    ) {
        if let problem = answer.rolesProblem { return trace.note(.roles, .failed, problem.detail) }
        let age =
            answer.rolesAreKept
            ? "read within the last minute" : freshness == .strong ? "read past all caches" : "read now"
        trace.note(.roles, .passed, "\(answer.facts.securityRoles?.count ?? 0) security roles, \(age)")
    }

    /// Whatever else is wrong with the person comes first; then it is said why the roles are not known.
    private func decide(
        _ facts: LoginFacts, _ answer: DynamicsPeople.Answer, by policy: AccessPolicy, now: Timestamp,
        _ trace: inout FullTrace
    ) -> Result<Grant, AccessDenial> {
        do throws(AccessDenial) {
            return .success(try policy.decide(facts, now: now, trace: &trace))
        } catch {
            guard error.code == .rolesUnavailable, let problem = answer.rolesProblem else { return .failure(error) }
            return .failure(
                AccessDenial(
                    .rolesUnavailable, "the roles could not be read: \(problem.detail)",
                    ownDetail: "the roles could not be read: \(problem.ownDetail)", hint: problem.hint))
        }
    }
}

extension AccessDenial {
    /// What a connector could not do, as the reason why somebody is not let in.
    package init(_ error: ConnectorError) {
        self.init(error.code, error.detail, ownDetail: error.ownDetail, hint: error.hint)
    }

    /// Whether it says something of the person, which may have changed; not that something does not work.
    fileprivate var isWorthAskingAgain: Bool {
        code.category == .person && code != .rolesUnavailable
    }

    fileprivate static func otherTenant(_ tenantID: GUID, _ connection: Connection) -> AccessDenial {
        AccessDenial(
            .tenantMismatch,
            "the person belongs to the Entra tenant \(tenantID), which is not that of the \(connection.id)",
            hint: "sign in with an account of the organization; a guest signs in to the organization's own tenant")
    }

    fileprivate static func unvalidated(_ connection: Connection) -> AccessDenial {
        AccessDenial(
            .connectionUnvalidated, "the \(connection.id) has not passed a test since it was changed",
            hint: "an administrator tests and saves it: cobrowse-sso dynamics save --license \(connection.id.license) "
                + "--connection \(connection.id.name)")
    }

    fileprivate static func noUser(_ question: DynamicsPeople.Question) -> AccessDenial {
        AccessDenial(
            .userUnknown,
            "\(question.client.environment) has no user with the object id \(question.person.objectID) of Entra",
            hint: "an administrator of the environment adds the user: Power Platform admin center > the environment > "
                + "Settings > Users; members of a group appear when they open Dynamics 365 for the first time")
    }
}
