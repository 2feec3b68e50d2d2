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
            return Judgement(.failure(trace.refused(.connection, error)), trace)
        }
        trace.note(.connection, .passed, "\(connection.id), \(question.client.environment)")
        let first = await judge(question, .recent, by: policy, trace)
        guard let denial = first.reasonToAskAgain else { return first }
        trace.noteAskedAgain(denial)
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
                return Judgement(.failure(trace.refused(.user, .noUser(question))), trace)
            }
            answer = found
        } catch {
            return Judgement(.failure(trace.refused(.user, AccessDenial(error))), trace)
        }
        trace.note(.user, .passed, "the user \(answer.user.id) with the object id \(question.person.objectID)")
        note(answer, freshness, &trace)
        let facts = LoginFacts(
            email: answer.user.email, displayName: answer.user.fullName, claimedRole: .absent,
            origin: .dynamics(answer.facts))
        return Judgement(
            policy.decide(facts, rolesProblem: answer.rolesProblem, now: question.now, &trace), facts: facts, trace)
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
}

extension AccessDenial {
    fileprivate static func otherTenant(_ tenantID: GUID, _ connection: Connection) -> AccessDenial {
        AccessDenial(
            .tenantMismatch,
            "the person belongs to the Entra tenant \(tenantID), which is not that of the \(connection.id)",
            hint: "sign in with an account of the organization; a guest signs in to the organization's own tenant")
    }

    fileprivate static func noUser(_ question: DynamicsPeople.Question) -> AccessDenial {
        AccessDenial(
            .userUnknown,
            "\(question.client.environment) has no user with the object id \(question.person.objectID) of Entra",
            hint: "an administrator of the environment adds the user: Power Platform admin center > the environment > "
                + "Settings > Users; members of a group appear when they open Dynamics 365 for the first time")
    }
}
