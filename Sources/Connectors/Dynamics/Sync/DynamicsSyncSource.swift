internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// What a sync reads of one environment: rows of `systemuser`, who has the roles and teams that rules ask for, and single
/// people as a sign-in asks about them.
final class DynamicsSyncSource: SyncSource {
    private let connection: Connection
    private let settings: DynamicsSettings
    private let policy: AccessPolicy
    private let client: DynamicsClient
    private let sender: any HTTPSender
    private let tokens: any ApplicationTokens
    private let judge: DynamicsJudge
    private var holders: Holders?

    init(
        _ connection: Connection, _ settings: DynamicsSettings, _ policy: AccessPolicy, _ client: DynamicsClient,
        sender: any HTTPSender, tokens: any ApplicationTokens, judge: DynamicsJudge
    ) {
        self.connection = connection
        self.settings = settings
        self.policy = policy
        self.client = client
        self.sender = sender
        self.tokens = tokens
        self.judge = judge
    }

    var name: String { "\(client.environment)" }
    var lagsBehind: Bool { true }
    /// Entra has the last word on members of its groups.
    var asksAboutRoles: Bool { holders?.asksForEntraGroups ?? false }

    func key(of subject: String) -> PersonKey? { PersonKey(objectID: subject) }
    func subject(of key: PersonKey) -> String { key.objectID.value }

    func readRoles(anew: Bool) async throws {
        holders = try await HoldersReader(client: try await dataverse(), policy: policy).read()
    }

    func readPeople(since time: Timestamp?, _ page: ([SyncRow], Int) async throws -> Void) async throws {
        let dataverse = try await dataverse()
        try await dataverse.forEachPage(SystemUserRows.query(since: time)) { rows in
            let read = SystemUserRows.read(rows) { [self] user, key in facts(of: user, key) }
            try await page(read, rows.count)
        }
    }

    func outcome(of key: PersonKey) -> RuleOutcome? { holders?.outcome(of: key) }
    func isInDoubt(_ key: PersonKey) -> Bool { holders?.dependsOnEntraGroup(key) ?? false }

    func prepare(toAskAbout keys: [PersonKey]) {}

    func ask(_ person: SyncedPerson, _ key: PersonKey, now: Timestamp) async -> Judgement {
        var trace = FullTrace()
        trace.note(.connection, .passed, "\(connection.id), \(client.environment), asked by a sync")
        let question = DynamicsPeople.Question(
            person: identity(of: key), connection: connection, settings: settings, client: client, agentToken: nil,
            withTeams: policy.asksForTeams, now: now)
        return await judge.judge(question, .strong, by: policy, trace)
    }

    var refusedTokenCode: String { "401" }

    func forgetAccess() { tokens.forget(clientID: client.application.clientID, tenantID: settings.tenantID) }

    func facts(of account: Account, _ key: PersonKey) -> LoginFacts {
        LoginFacts(
            email: account.email.value, displayName: account.displayName, claimedRole: .absent,
            origin: .dynamics(DynamicsFacts(person: identity(of: key))))
    }

    func words(of key: PersonKey) -> String { "the user with the object id \(key.objectID)" }

    func denialOfMissing(_ key: PersonKey) -> AccessDenial? {
        AccessDenial(
            .userUnknown, "\(client.environment) has no user with the object id \(key.objectID) any more",
            hint: "an administrator of the environment adds the user again, or disables the account")
    }

    private func dataverse() async throws -> DataverseClient {
        DataverseClient(
            sender: sender, environment: client.environment,
            token: try await tokens.token(for: client.resource, of: client.application), caller: .application)
    }

    private func identity(of key: PersonKey) -> DynamicsFacts.Person {
        DynamicsFacts.Person(connection: connection.id.name, tenantID: settings.tenantID, objectID: key.objectID)
    }

    private func facts(of user: SystemUser, _ key: PersonKey) -> LoginFacts {
        var facts = DynamicsFacts(
            person: identity(of: key), isEnabled: !user.isDisabled, accessMode: user.accessMode,
            applicationID: user.applicationID, emailStatus: user.emailStatus, mailboxApproval: settings.mailboxApproval)
        holders?.fill(&facts, of: key)
        return LoginFacts(
            email: user.email, displayName: user.fullName, claimedRole: .absent, origin: .dynamics(facts))
    }
}
