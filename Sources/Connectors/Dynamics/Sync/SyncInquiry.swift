internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// Makes decisions of what was found in bulk: few people are asked about one by one, as a login asks, and of many what was
/// read has to do. Roles that may come by way of Entra's groups are always asked about.
struct SyncInquiry {
    private let run: SyncRun
    private let client: DynamicsClient
    private let policy: AccessPolicy
    private let survey: SyncSurvey
    private(set) var changes: [PlannedChange] = []
    private(set) var counts: SyncCounts
    private(set) var postponedSuspensions = 0
    /// Whom was asked about last, where others wait for the next sync.
    private(set) var cursor: String?

    /// How many people are asked about one by one.
    static let largestCount = 50
    /// What asking about one may cost: the row, roles, what they fall back on, teams.
    private static let requestsEach = 3

    init(_ run: SyncRun, _ client: DynamicsClient, _ policy: AccessPolicy, _ survey: SyncSurvey) {
        self.run = run
        self.client = client
        self.policy = policy
        self.survey = survey
        counts = survey.counts
    }

    /// Whether so many would have to be asked about that it is cheaper to read everybody.
    static func needsEverybody(_ survey: SyncSurvey) -> Bool {
        survey.findings.count > largestCount
            && survey.findings.contains { $0.facts == nil && !mustBeAsked($0, survey) }
    }

    /// Whether Entra has the last word.
    private static func mustBeAsked(_ finding: SyncFinding, _ survey: SyncSurvey) -> Bool {
        finding.isAboutRoles && survey.holders?.asksForEntraGroups ?? false
    }

    mutating func run() async throws {
        var asked = survey.findings
        if asked.count > Self.largestCount {
            for finding in asked where !Self.mustBeAsked(finding, survey) { try decide(finding) }
            asked = asked.filter { Self.mustBeAsked($0, survey) }
        }
        let turn = inTurn(asked)
        for finding in turn.prefix(Self.largestCount) { try await ask(finding) }
        let waiting = turn.dropFirst(Self.largestCount)
        postponedSuspensions = waiting.count(where: \.suspends)
        let doubtful = inTurn(survey.doubtful)
        var askedCount = 0
        for finding in doubtful.prefix(max(0, Self.largestCount - turn.count)) {
            // They have waited since the last sync, and can until the next one.
            guard run.sync.pacer.hasPlenty(of: run.connection.id) else { break }
            try await ask(finding)
            askedCount += 1
        }
        counts.postponed = waiting.count + doubtful.count - askedCount
        let last = waiting.isEmpty ? doubtful.prefix(askedCount).last : turn.prefix(Self.largestCount).last
        cursor = counts.postponed > 0 ? last?.person.subject ?? run.state?.cursor : nil
    }

    /// Those first whose turn it is, behind those of the last time.
    private func inTurn(_ findings: [SyncFinding]) -> [SyncFinding] {
        let sorted = findings.sorted { $0.objectID < $1.objectID }
        guard let last = run.state?.cursor.flatMap(ObjectID.init) else { return sorted }
        return sorted.filter { $0.objectID > last } + sorted.filter { $0.objectID <= last }
    }

    /// Decides by what was read in bulk.
    private mutating func decide(_ finding: SyncFinding) throws {
        var trace = FullTrace()
        trace.note(.connection, .passed, "\(run.connection.id), \(client.environment), read by a sync")
        guard let facts = finding.facts else {
            guard finding.outcome == .denial(.userUnknown) else { return }
            let denial = AccessDenial(
                .userUnknown, "\(client.environment) has no user with the object id \(finding.objectID.guid) any more",
                hint: "an administrator of the environment adds the user again, or disables the account")
            trace.note(.user, .failed, denial.detail)
            return try add(finding, .failure(denial), nil, trace)
        }
        trace.note(.user, .passed, "the user with the object id \(finding.objectID.guid)")
        let outcome: Result<Grant, AccessDenial>
        do throws(AccessDenial) {
            outcome = .success(try policy.decide(facts, now: run.startedAt, trace: &trace))
        } catch {
            outcome = .failure(error)
        }
        try add(finding, outcome, facts, trace)
    }

    /// Decides as a login does, past all caches.
    private mutating func ask(_ finding: SyncFinding) async throws {
        try await run.pause(Self.requestsEach)
        let settings = run.connection.dynamics
        let question = DynamicsPeople.Question(
            person: DynamicsFacts.Person(
                connection: run.connection.id.name, tenantID: settings.tenantID, objectID: finding.objectID.guid),
            connection: run.connection, settings: settings, client: client, agentToken: nil,
            withTeams: policy.asksForTeams, now: run.startedAt)
        let judge = DynamicsJudge(people: run.sync.people, setup: run.sync.setup(), clients: run.sync.clients)
        var trace = FullTrace()
        trace.note(.connection, .passed, "\(run.connection.id), \(client.environment), asked by a sync")
        let judgement = await judge.judge(question, .strong, by: policy, trace)
        if case .failure(let denial) = judgement.outcome,
            denial.code.category != .person || denial.code == .rolesUnavailable
        {
            throw ConnectorError(denial.code, denial.detail, hint: denial.hint)
        }
        try add(finding, judgement.outcome, judgement.facts, judgement.trace)
    }

    private mutating func add(
        _ finding: SyncFinding, _ outcome: Result<Grant, AccessDenial>, _ facts: LoginFacts?, _ trace: FullTrace
    ) throws {
        let person = finding.person
        let found: RuleOutcome
        let decided: Decision.Outcome
        switch outcome {
        case .success(let grant):
            found = .role(grant.role)
            decided = .allowed(role: grant.role, rule: grant.rule, accountID: person.account.id)
        case .failure(let denial):
            found = .denial(denial.code)
            decided = .denied(code: denial.code, detail: denial.detail, hint: denial.hint)
        }
        guard let step = person.step(by: found) else { return }
        let now = run.sync.clock.now
        let decision = Decision(
            id: try RecordID.make("dec_", at: now), license: run.connection.id.license, time: now, source: .sync,
            requestID: nil, facts: facts ?? person.facts(of: finding.objectID, run.connection),
            email: person.account.email.value, outcome: decided, checks: trace.checks)
        let change = SyncChange(
            subject: person.subject, outcome: found, decision: decision, since: since(finding, step))
        changes.append(PlannedChange(person: person, step: step, change: change))
    }

    /// When the environment can have begun to say so at the earliest: the row knows its own time, of roles it is known when
    /// somebody looked last.
    private func since(_ finding: SyncFinding, _ step: SyncStep) -> Timestamp {
        let before = run.state?.success
        let beginning = Timestamp(milliseconds: 0)
        switch step {
        case .suspend(.roleMissing), .lower: return before?.rolesAt ?? beginning
        case .suspend(.userUnknown): return before?.fullAt ?? beginning
        case .suspend, .restore: return finding.modifiedAt ?? before?.at ?? beginning
        }
    }
}

extension SyncedPerson {
    /// Who it is, of whom nothing else is known.
    fileprivate func facts(of objectID: ObjectID, _ connection: Connection) -> LoginFacts {
        let person = DynamicsFacts.Person(
            connection: connection.id.name, tenantID: connection.dynamics.tenantID, objectID: objectID.guid)
        return LoginFacts(
            email: account.email.value, displayName: account.displayName, claimedRole: .absent,
            origin: .dynamics(DynamicsFacts(person: person)))
    }
}

extension ConnectorError {
    static func readsAsAgent(_ connection: Connection) -> ConnectorError {
        ConnectorError(
            .configurationInvalid,
            "the \(connection.id) reads with the tokens of people who sign in, so nobody is read about in between",
            hint: "to keep accounts in step, let an application user read: cobrowse-sso dynamics save --license "
                + "\(connection.id.license) --connection \(connection.id.name) --read-as application",
            fixedBy: .tenantAdministrator)
    }

    static func unvalidated(_ connection: Connection) -> ConnectorError {
        ConnectorError(
            .connectionUnvalidated, "the \(connection.id) has not passed a test since it was changed",
            hint: "an administrator tests and saves it: cobrowse-sso dynamics save --license \(connection.id.license) "
                + "--connection \(connection.id.name)", fixedBy: .tenantAdministrator)
    }
}
