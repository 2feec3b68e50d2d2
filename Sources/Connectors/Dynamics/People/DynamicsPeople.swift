internal import AuthService
internal import BridgeCore
package import HTTPMessage

/// Finds out what an environment says of people: the row always anew, the roles at most a minute old.
package struct DynamicsPeople: Sendable {
    private let sender: any HTTPSender
    private let tokens: any ApplicationTokens
    private let cache: RoleCache

    package init(sender: any HTTPSender, tokens: any ApplicationTokens, cache: RoleCache) {
        self.sender = sender
        self.tokens = tokens
        self.cache = cache
    }

    /// How much it may cost to know.
    enum Freshness: Sendable {
        /// Roles from memory will do.
        case recent
        /// Nothing from memory, neither here nor at the environment.
        case strong
    }

    /// What is to be known of whom, and how.
    struct Question: Sendable {
        let person: DynamicsFacts.Person
        let connection: Connection
        let settings: DynamicsSettings
        let client: DynamicsClient
        /// The person's own token for the environment, for connections that read as the agent.
        let agentToken: AccessToken?
        let withTeams: Bool
        let now: Timestamp
    }

    /// What an environment said of a person.
    struct Answer: Sendable {
        let user: SystemUser
        let facts: DynamicsFacts
        /// Why the roles are not known; `nil` where they are.
        let rolesProblem: ConnectorError?
        let rolesAreKept: Bool
    }

    /// What the environment says of a person; `nil` where it has no such user.
    ///
    /// - Throws: what keeps the row from being read. Roles that cannot be read are said in the answer.
    func answer(_ question: Question, _ freshness: Freshness) async throws(ConnectorError) -> Answer? {
        try await withClient(question) { client throws(ConnectorError) in
            let objectID = question.person.objectID
            let isStrong = freshness == .strong
            guard let user = try await client.user(objectID: objectID, isStrong: isStrong) else { return nil }
            let key = RoleCache.Key(connection: question.connection.id, objectID: objectID)
            if isStrong { cache.forget(key) }
            if let kept = cache.roles(key, withTeams: question.withTeams, now: question.now) {
                return Answer(user, kept, question, isKept: true)
            }
            do throws(ConnectorError) {
                let roles = DynamicsRoles(
                    securityRoles: try await client.roles(of: user, objectID: objectID, isStrong: isStrong)
                        .map(\.fact),
                    teams: question.withTeams ? try await client.teams(of: user, isStrong: isStrong) : nil)
                cache.keep(roles, of: key, now: question.now)
                return Answer(user, roles, question, isKept: false)
            } catch {
                return Answer(user, question, problem: error)
            }
        }
    }

    /// Runs `body` with a client of the environment; where a kept token is refused, once more with a new one.
    private func withClient(
        _ question: Question, _ body: (DataverseClient) async throws(ConnectorError) -> Answer?
    ) async throws(ConnectorError) -> Answer? {
        let (client, application) = (question.client, question.client.application)
        func dataverse(_ token: AccessToken, _ caller: DataverseCaller) -> DataverseClient {
            DataverseClient(sender: sender, environment: client.environment, token: token, caller: caller)
        }
        if question.settings.readAs == .agent {
            guard let token = question.agentToken else {
                throw ConnectorError(.consentRequired, "Entra gave no token to read the environment as the person")
            }
            return try await body(dataverse(token, .person))
        }
        do throws(ConnectorError) {
            return try await body(
                dataverse(try await tokens.token(for: client.resource, of: application), .application))
        } catch {
            guard error.vendorCode == "401" else { throw error }
            tokens.forget(clientID: application.clientID, tenantID: question.settings.tenantID)
        }
        return try await body(
            dataverse(try await tokens.token(for: client.resource, of: application), .application))
    }
}

extension DynamicsPeople.Answer {
    fileprivate init(
        _ user: SystemUser, _ roles: DynamicsRoles, _ question: DynamicsPeople.Question, isKept: Bool
    ) {
        self.init(
            user: user, facts: DynamicsFacts(user, question, roles: roles), rolesProblem: nil, rolesAreKept: isKept)
    }

    fileprivate init(_ user: SystemUser, _ question: DynamicsPeople.Question, problem: ConnectorError) {
        self.init(
            user: user, facts: DynamicsFacts(user, question, roles: nil), rolesProblem: problem, rolesAreKept: false)
    }
}

extension DynamicsFacts {
    fileprivate init(_ user: SystemUser, _ question: DynamicsPeople.Question, roles: DynamicsRoles?) {
        self.init(
            person: question.person, isEnabled: !user.isDisabled, accessMode: user.accessMode,
            applicationID: user.applicationID, emailStatus: user.emailStatus,
            mailboxApproval: question.settings.mailboxApproval, securityRoles: roles?.securityRoles,
            teams: roles?.teams)
    }
}
