internal import AuthService
internal import BridgeCore

/// Makes decisions of what was found in bulk: few people are asked about one by one, as a login asks, and of many what was
/// read has to do. Where somebody's role may have come another way than was read, they are always asked about.
struct SyncInquiry {
    private let run: SyncRun
    private let source: any SyncSource
    private let policy: AccessPolicy
    private let survey: SyncSurvey
    private(set) var changes: [PlannedChange] = []
    private(set) var counts: SyncCounts
    /// How many of those who wait will most likely be suspended, by what came of those who were asked about.
    private(set) var expectedSuspensions: [ReasonCode: Int] = [:]
    /// People who could not be read, whom their turn finds again.
    private(set) var unreadCount = 0
    private var readCount = 0
    /// How many single requests have failed.
    private var failureCount = 0
    /// Why the last of those could not be read.
    private var lastFailure: ConnectorError?
    /// Of those who seemed to have to be suspended, how many were asked about, and of how many it was true.
    private var suspects = (asked: 0, confirmed: 0)

    /// How many people are asked about one by one.
    static let largestCount = 50
    /// How many of those are people whose stored roles are in doubt, whatever else there is to ask.
    static let doubtfulCount = 20
    /// How many of those are asked about even where more than half of the budget is used up, so that everybody's turn
    /// comes.
    static let certainCount = 5
    /// So many who cannot be read, and nobody who can: that is no single person's trouble.
    static let fewestFailures = 3
    /// After so many who cannot be read nobody else is asked about: each may have cost a request's whole time.
    static let largestFailureCount = 10

    init(_ run: SyncRun, _ source: any SyncSource, _ policy: AccessPolicy, _ survey: SyncSurvey) {
        self.run = run
        self.source = source
        self.policy = policy
        self.survey = survey
        counts = survey.counts
    }

    /// Whether so many would have to be asked about that it is cheaper to read everybody.
    static func needsEverybody(_ survey: SyncSurvey, of source: any SyncSource) -> Bool {
        let asked = source.lagsBehind ? survey.findings : survey.findings.filter { !$0.isDecidable }
        return asked.count > limit(survey)
            && survey.findings.contains { $0.facts == nil && !mustBeAsked($0, source) }
    }

    /// How many are asked about of whom something was found.
    private static func limit(_ survey: SyncSurvey) -> Int {
        largestCount - min(doubtfulCount, survey.doubtful.count)
    }

    /// Whether the CRM has the last word on the person's roles.
    private static func mustBeAsked(_ finding: SyncFinding, _ source: any SyncSource) -> Bool {
        finding.isAboutRoles && source.asksAboutRoles
    }

    mutating func run() async throws {
        let limit = Self.limit(survey)
        var asked = survey.findings
        if !source.lagsBehind {
            for finding in asked where finding.isDecidable { try decide(finding) }
            asked = asked.filter { !$0.isDecidable }
        } else if asked.count > limit {
            for finding in asked where !Self.mustBeAsked(finding, source) { try decide(finding) }
            asked = asked.filter { Self.mustBeAsked($0, source) }
        }
        let waiting = try await ask(asked, \.findings, atMost: limit, always: limit)
        expectedSuspensions = Dictionary(grouping: waiting.filter(\.suspendsAccount)) { $0.step?.code ?? .roleMissing }
            .mapValues { SyncShare.expected(of: $0.count, where: suspects.confirmed, of: suspects.asked) }
        let doubtful = try await ask(
            survey.doubtful, \.doubtful, atMost: Self.largestCount - min(asked.count, limit),
            always: Self.certainCount)
        if let lastFailure, readCount == 0, failureCount >= Self.fewestFailures { throw lastFailure }
        counts.postponed += waiting.count + doubtful.count + unreadCount
    }

    /// Asks about people one by one, those first whose turn it is.
    ///
    /// - Parameter certain: how many are asked about even where half of the budget is used up.
    /// - Returns: those who wait for the next sync.
    private mutating func ask(
        _ people: [SyncFinding], _ last: WritableKeyPath<SyncCursor, String?>, atMost limit: Int, always certain: Int
    ) async throws -> ArraySlice<SyncFinding> {
        let turn = inTurn(people, behind: run.cursor[keyPath: last])
        try await source.prepare(toAskAbout: turn.prefix(limit).map(\.key))
        var count = 0
        for finding in turn.prefix(limit) {
            guard failureCount < Self.largestFailureCount,
                count < certain || run.sync.pacer.hasPlenty(of: run.connection.id)
            else { break }
            // Whatever comes of it: the next sync does not begin with the same person.
            run.cursor[keyPath: last] = finding.person.subject
            count += 1
            try await askOrPostpone(finding)
        }
        let rest = turn.dropFirst(count)
        if rest.isEmpty { run.cursor[keyPath: last] = nil }
        return rest
    }

    /// Those first whose turn it is, behind those of the last time.
    private func inTurn(_ findings: [SyncFinding], behind last: String?) -> [SyncFinding] {
        let sorted = findings.sorted { $0.key < $1.key }
        guard let last = last.flatMap(source.key) else { return sorted }
        return sorted.filter { $0.key > last } + sorted.filter { $0.key <= last }
    }

    /// Asks about somebody; one who cannot be read keeps nobody else from being asked about.
    ///
    /// - Throws: what concerns everybody.
    private mutating func askOrPostpone(_ finding: SyncFinding) async throws {
        do {
            try await ask(finding)
            readCount += 1
        } catch let error as ConnectorError where error.mayConcernOnePerson {
            unreadCount += 1
            // Where nobody is asked about alone, no request has failed: it is what may not be read of this one.
            if source.lagsBehind { (failureCount, lastFailure) = (failureCount + 1, error) }
        }
    }

    /// Decides by what was read in bulk.
    private mutating func decide(_ finding: SyncFinding) throws {
        var trace = FullTrace()
        trace.note(.connection, .passed, "\(run.connection.id), \(source.name), read by a sync")
        guard let facts = finding.facts else {
            guard finding.outcome == .denial(.userUnknown), let denial = source.denialOfMissing(finding.key) else {
                return
            }
            trace.note(.user, .failed, denial.detail)
            return try add(finding, .failure(denial), nil, trace, readAt: run.startedAt)
        }
        trace.note(.user, .passed, source.words(of: finding.key))
        let outcome = policy.decideSynced(facts, now: run.startedAt, trace: &trace)
        try add(finding, outcome, facts, trace, readAt: run.startedAt)
    }

    /// Decides as a login does, past all caches.
    private mutating func ask(_ finding: SyncFinding) async throws {
        let now = run.sync.clock.now
        let judgement = await source.ask(finding.person, finding.key, now: now)
        // What lags behind is asked anew; the rest of what decides was read when the run began.
        let readAt = source.lagsBehind ? now : run.startedAt
        if case .failure(let denial) = judgement.outcome,
            denial.code.category != .person || denial.code == .rolesUnavailable
        {
            throw ConnectorError(denial.code, denial.detail, hint: denial.hint)
        }
        let before = changes.count
        try add(finding, judgement.outcome, judgement.facts, judgement.trace, readAt: readAt)
        guard finding.suspendsAccount else { return }
        suspects.asked += 1
        if changes.dropFirst(before).contains(where: \.isSuspension) { suspects.confirmed += 1 }
    }

    private mutating func add(
        _ finding: SyncFinding, _ outcome: Result<Grant, AccessDenial>, _ facts: LoginFacts?, _ trace: FullTrace,
        readAt: Timestamp
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
        let doubts = facts.map { policy.doubts(about: $0, found) } ?? []
        guard let step = person.step(by: found, doubting: doubts) else {
            if person.step(by: found) != nil { counts.postponed += 1 }
            return
        }
        let now = run.sync.clock.now
        let decision = Decision(
            id: try RecordID.make("dec_", at: now), license: run.connection.id.license, time: now, source: .sync,
            requestID: nil, facts: facts ?? source.facts(of: person.account, finding.key),
            email: person.account.email.value, outcome: decided, checks: trace.checks)
        let change = SyncChange(
            outcome: found, decision: decision, since: since(finding, step), seen: person, readAt: readAt)
        changes.append(PlannedChange(person: person, key: finding.key, step: step, change: change))
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

extension ConnectorError {
    /// Whether it can be about the person who was asked about, and not about all.
    fileprivate var mayConcernOnePerson: Bool { code == .rolesUnavailable || code == .upstreamUnavailable }
}
