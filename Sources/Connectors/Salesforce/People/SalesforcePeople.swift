package import AuthService
internal import BridgeCore
internal import BridgeCrypto
package import HTTPMessage

/// Finds out what an org says of its users: who they are always anew, what they may at most a minute old.
package struct SalesforcePeople: Sendable {
    let sender: any HTTPSender
    let tokens: any SalesforceTokens
    let kept: KeptSalesforceRoles

    package init(sender: any HTTPSender, tokens: any SalesforceTokens, kept: KeptSalesforceRoles) {
        self.sender = sender
        self.tokens = tokens
        self.kept = kept
    }

    /// How much it may cost to know.
    enum Freshness: Sendable {
        /// Roles from memory will do.
        case recent
        /// Nothing from memory.
        case strong
    }

    /// What is to be known, and through which connection.
    struct Question: Sendable {
        let connection: Connection
        let settings: SalesforceSettings
        let application: SalesforceApplication
        let wanted: SalesforceRoles.Wanted
        let now: Timestamp
    }

    /// What an org said of a person.
    struct Answer: Sendable {
        let facts: LoginFacts
        /// Why the roles are not known; `nil` where they are, and where it is said in the facts.
        let rolesProblem: ConnectorError?
        let origin: RolesOrigin
        /// Where custom permissions are known by the claim alone: all that it says, also of those the person has not.
        var claim: [String: Bool]?
    }

    /// Where the roles come from, in words.
    enum RolesOrigin: Sendable {
        case kept
        case integrationUser
        case agentToken
        case claim
        case nowhere
    }

    /// What the org says of the person whose token `session` is.
    ///
    /// - Throws: what keeps the person from being known. Roles that cannot be read are said in the answer.
    func answer(
        _ question: Question, _ session: SalesforceSession, _ freshness: Freshness
    ) async throws(ConnectorError) -> Answer {
        let client = SalesforceClient(
            sender: sender, instance: session.instance, token: session.token, caller: .person)
        let info = try await userInfo(of: client)
        guard info.organizationID == session.identity.organizationID else {
            throw .organizationMismatch(info, session.identity)
        }
        guard info.userID == session.identity.userID else { throw .otherUser }
        let person = KnownPerson(info)
        guard question.application.grant != nil else {
            return try await answer(question, person, byTokenOf: client, info.customPermissions)
        }
        do throws(ConnectorError) {
            return try await tokens.using(question.application) { session throws(ConnectorError) in
                try await answer(question, person, as: session, freshness)
            }
        } catch {
            return Answer(person, question, SalesforceRoles(), .nowhere, problem: error)
        }
    }

    private func userInfo(of client: SalesforceClient) async throws(ConnectorError) -> SalesforceUserInfo {
        do throws(ConnectorError) {
            return try await client.userInfo()
        } catch {
            if error.vendorCode == SalesforceRefusal.sessionEnded { throw .endedToken(error) }
            throw error.code == .rolesUnavailable ? .closedUserInfo(error) : error
        }
    }

    /// Asks as the integration user.
    func answer(
        _ question: Question, _ known: KnownPerson, as session: SalesforceSession, _ freshness: Freshness
    ) async throws(ConnectorError) -> Answer {
        // Of another org's users the integration user of this one would see nothing, and nobody would be told why.
        try question.checkOrganization(session.identity)
        let client = SalesforceClient(sender: sender, session: session)
        var person = known
        // Neither waits for the other.
        async let frozen = isFrozen(known.userID, by: client)
        let read = await roles(question, of: known.userID, by: client, freshness)
        person.isFrozen = try await frozen.get()
        // Every user has a row: none is a right that is missing.
        if person.isFrozen == nil { person.unreadable.insert(.isFrozen) }
        switch read {
        case .success(let (roles, origin)): return Answer(person, question, roles, origin)
        case .failure(let error):
            // A session that has ended is had anew by whoever lent it.
            guard error.vendorCode != SalesforceRefusal.sessionEnded else { throw error }
            return Answer(person, question, SalesforceRoles(), .nowhere, problem: error)
        }
    }

    /// The roles from memory, where that will do, or from the org.
    private func roles(
        _ question: Question, of user: SalesforceID, by client: SalesforceClient, _ freshness: Freshness
    ) async -> Result<(SalesforceRoles, RolesOrigin), ConnectorError> {
        let key = KeptSalesforceRoles.Key(connection: question.connection.id, person: user)
        if freshness == .strong { kept.forget(key) }
        if let roles = kept.roles(key, now: question.now), roles.answers(question.wanted) {
            return .success((roles, .kept))
        }
        do throws(ConnectorError) {
            let roles = try await RoleReader(client: client, user: user, now: question.now).roles(question.wanted)
            if roles.unreadable.isEmpty { kept.keep(roles, of: key, now: question.now) }
            return .success((roles, .integrationUser))
        } catch {
            return .failure(error)
        }
    }

    /// Whether an administrator has frozen the user; `nil` where it may not be read.
    private func isFrozen(_ user: SalesforceID, by client: SalesforceClient) async -> Result<Bool?, ConnectorError> {
        do throws(ConnectorError) {
            let rows = try await readable { () throws(ConnectorError) in
                try await client.query("SELECT IsFrozen FROM UserLogin WHERE UserId = \(user)")
            }
            return .success(rows?.first?["IsFrozen"]?.boolValue)
        } catch {
            return .failure(error)
        }
    }

    /// Asks with the person's own token, which sees custom permissions and nothing else of Setup.
    private func answer(
        _ question: Question, _ person: KnownPerson, byTokenOf client: SalesforceClient, _ claim: [String: Bool]?
    ) async throws(ConnectorError) -> Answer {
        var roles = SalesforceRoles()
        roles.unreadable.insert(.permissionSets)
        guard question.wanted.customPermissions else {
            return Answer(person, question, roles, .nowhere, problem: .nobodyReadsSets)
        }
        do throws(ConnectorError) {
            let rows = try await client.query(
                """
                SELECT DeveloperName, NamespacePrefix, SetupEntityId FROM UserSetupEntityAccess \
                WHERE SetupEntityType = 'CustomPermission'
                """)
            roles.customPermissions = rows.compactMap { row in
                guard let name = row["DeveloperName"]?.stringValue else { return nil }
                return SalesforceFacts.Component(
                    name: name, namespacePrefix: row["NamespacePrefix"]?.stringValue, id: row.id("SetupEntityId"))
            }
            return Answer(person, question, roles, .agentToken, problem: .nobodyReadsSets)
        } catch {
            guard let claim else {
                roles.unreadable.insert(.customPermissions)
                return Answer(person, question, roles, .nowhere, problem: error)
            }
            // Only what is attached to the app stands in it; what is missing may be had all the same, and is not none.
            let names = claim.filter(\.value).keys.sorted()
            roles.customPermissions = names.map { SalesforceFacts.Component(name: $0) }
            var answer = Answer(person, question, roles, .claim, problem: .nobodyReadsSets)
            answer.claim = claim
            return answer
        }
    }
}

/// The roles of an org's users, by user.
package typealias KeptSalesforceRoles = KeptRoles<SalesforceID, SalesforceRoles>

extension SalesforcePeople.Answer {
    init(
        _ person: KnownPerson, _ question: SalesforcePeople.Question, _ roles: SalesforceRoles,
        _ origin: SalesforcePeople.RolesOrigin, problem: ConnectorError? = nil
    ) {
        facts = LoginFacts(
            email: person.email ?? "", displayName: person.name, claimedRole: .absent,
            origin: .salesforce(
                SalesforceFacts(
                    connection: question.connection.id.name, organizationID: person.organizationID,
                    userID: person.userID, username: person.username, emailVerified: person.emailVerified,
                    isActive: person.isActive, isFrozen: person.isFrozen, userType: person.userType,
                    profile: roles.profile, permissionSets: roles.permissionSets,
                    permissionSetGroups: roles.permissionSetGroups, customPermissions: roles.customPermissions,
                    unreadable: person.unreadable.union(roles.unreadable))))
        rolesProblem = problem
        self.origin = origin
    }
}

extension ConnectorError {
    fileprivate static func organizationMismatch(
        _ info: SalesforceUserInfo, _ identity: SalesforceIdentity
    ) -> ConnectorError {
        ConnectorError(
            .organizationMismatch,
            "UserInfo speaks of the org \(info.organizationID.value), and the sign-in was in "
                + identity.organizationID.value,
            hint: "sign out of Salesforce, and sign in with a user of the connected org", fixedBy: .agent)
    }

    /// The person's own session was ended since the sign-in began: nothing that the connection could mend.
    fileprivate static func endedToken(_ error: ConnectorError) -> ConnectorError {
        ConnectorError(
            .codeInvalid, "the token of the sign-in is not taken any more: \(error.detail)",
            ownDetail: "the token of the sign-in is not taken any more: \(error.ownDetail)",
            hint: "start the sign-in again", fixedBy: .agent, vendorCode: error.vendorCode)
    }

    /// It says who somebody is, and nothing of roles.
    fileprivate static func closedUserInfo(_ error: ConnectorError) -> ConnectorError {
        ConnectorError(
            .signInBlocked, "UserInfo is closed to the token of the sign-in: \(error.detail)",
            ownDetail: "UserInfo is closed to the token of the sign-in: \(error.ownDetail)",
            hint: "add the scopes openid and id to the app, and for Canvas api", fixedBy: .tenantAdministrator,
            vendorCode: error.vendorCode)
    }

    /// OpenID Connect Core §5.3.2.
    fileprivate static var otherUser: ConnectorError {
        ConnectorError(
            .claimInvalid, "UserInfo speaks of another user than the one who signed in",
            hint: "start the sign-in again", fixedBy: .agent)
    }

    /// What only an integration user may read.
    fileprivate static var nobodyReadsSets: ConnectorError {
        ConnectorError(
            .rolesUnavailable,
            "an agent's own token may not read permission sets, groups and profiles: that takes \""
                + "\(SalesforceFacts.Unreadable.permissionSets.right)\"",
            hint: "save the connection with an integration username and its key, or let the rules ask for custom "
                + "permissions, which an agent's own token shows", fixedBy: .tenantAdministrator)
    }
}
