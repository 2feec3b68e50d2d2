internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// What a sync reads of one org: users, frozen or not, with verified addresses or not, and who is assigned what rules ask for.
///
/// SOQL reads what is committed, so nobody is asked about twice; single people are read where their row was not.
final class SalesforceSyncSource: SyncSource {
    private let connection: Connection
    private let settings: SalesforceSettings
    private let policy: AccessPolicy
    private let rules: [Rule]
    private let application: SalesforceApplication
    private let sender: any HTTPSender
    private let tokens: any SalesforceTokens
    private let kept: KeptSalesforceSets
    private let now: Timestamp
    private var holders: SalesforceHolders?
    private var asked: [PersonKey: SalesforceUserRows.Row] = [:]
    private var clonesBefore: CloneReport?
    private var clones: CloneReport?
    private var onlyOne: OnlyOneSet?

    init(
        _ connection: Connection, _ settings: SalesforceSettings, _ policy: AccessPolicy, rules: [Rule],
        _ application: SalesforceApplication, sender: any HTTPSender, tokens: any SalesforceTokens,
        kept: KeptSalesforceSets, now: Timestamp
    ) {
        self.connection = connection
        self.settings = settings
        self.policy = policy
        self.rules = rules
        self.application = application
        self.sender = sender
        self.tokens = tokens
        self.kept = kept
        self.now = now
    }

    var name: String { "the org \(settings.organizationID.value)" }
    var lagsBehind: Bool { false }
    var asksAboutRoles: Bool { false }
    var refusedTokenCode: String { SalesforceRefusal.sessionEnded }

    func key(of subject: String) -> PersonKey? { SalesforceID(subject).flatMap(PersonKey.init(salesforceID:)) }
    func subject(of key: PersonKey) -> String { key.salesforceID?.value ?? "" }

    func readRoles(anew: Bool) async throws {
        let sets = try await sets(anew: anew)
        var holders = SalesforceHolders(sets, policy, now: now)
        try await assignmentsReader().read(into: &holders)
        self.holders = holders
        lookForClones(sets, holders)
    }

    private func lookForClones(_ sets: SalesforceSets, _ holders: SalesforceHolders) {
        guard sets.hasAccess else {
            clones = CloneReport(
                accepted: clonesBefore?.known ?? [],
                unreadable: "the integration user may not see SetupEntityAccess, by which clones are known: "
                    + SalesforceRefusal.rights)
            return
        }
        let finder = CloneFinder(sets.sets, rules: rules, after: clonesBefore)
        clones = finder.report(on: sets.sets)
        onlyOne = OnlyOneSet(holders, finder, policy, customProfiles: sets.customProfiles, now: now)
    }

    func readPeople(since time: Timestamp?, _ page: ([SyncRow], Int) async throws -> Void) async throws {
        let rows = try await userRows()
        guard let time else {
            try await rows.readAll { [self] rows, count in
                for row in rows { lookForOnlyOne(row) }
                try await page(rows.map(syncRow), count)
            }
            if let onlyOne { clones?.drift += onlyOne.drift }
            return
        }
        onlyOne = nil
        try await rows.readModified(since: time) { [self] rows, count in try await page(rows.map(syncRow), count) }
    }

    private func lookForOnlyOne(_ row: SalesforceUserRows.Row) {
        guard row.value["IsActive"]?.boolValue == true, let profile = row.value.id("ProfileId") else {
            return
        }
        onlyOne?.look(at: row.key, profile: profile, username: row.value["Username"]?.stringValue)
    }

    func outcome(of key: PersonKey) -> RuleOutcome? { holders?.outcome(of: key) }
    func isInDoubt(_ key: PersonKey) -> Bool { false }

    func prepare(toAskAbout keys: [PersonKey]) async throws {
        let ids = keys.compactMap(\.salesforceID)
        guard !ids.isEmpty else { return }
        for row in try await userRows().read(ids) { asked[row.key] = row }
        guard holders == nil else { return }
        var found = SalesforceHolders(try await sets(anew: false), policy, now: now)
        found.add(try await assignmentsReader().assignments(of: ids))
        holders = found
    }

    func rolesAnew(of keys: [PersonKey]) async throws -> [PersonKey: SyncRoles]? {
        let people = keys.compactMap(\.salesforceID)
        let reader = try await assignmentsReader()
        // First who has what: a set that somebody has by then is among the sets that are read afterwards.
        let assignments = try await reader.assignments(of: people)
        let shown = try await reader.shown(among: people)
        var holders = SalesforceHolders(try await sets(anew: true), policy, now: now)
        holders.add(assignments)
        return Dictionary(uniqueKeysWithValues: shown.map { ($0, holders.roles(of: $0)) })
    }

    func ask(_ person: SyncedPerson, _ key: PersonKey, now: Timestamp) async -> Judgement {
        var trace = FullTrace()
        trace.note(.connection, .passed, "\(connection.id), \(name), asked by a sync")
        guard let row = asked[key], let facts = facts(of: row) else {
            let denial = AccessDenial(
                .rolesUnavailable, "\(name) does not show the integration user the user \(subject(of: key))",
                hint: SyncCounts.hintOfNotShown)
            trace.note(.user, .failed, denial.detail)
            return Judgement(.failure(denial), trace)
        }
        trace.note(.user, .passed, words(of: key))
        let outcome = policy.decideSynced(facts, now: now, trace: &trace)
        return Judgement(outcome, facts: facts, trace)
    }

    func forgetAccess() { tokens.forget(clientID: application.clientID, at: application.login) }

    func facts(of account: Account, _ key: PersonKey) -> LoginFacts {
        var facts = SalesforceFacts(emailVerified: nil)
        identify(&facts, key)
        return LoginFacts(
            email: account.email.value, displayName: account.displayName, claimedRole: .absent,
            origin: .salesforce(facts))
    }

    func words(of key: PersonKey) -> String { "the user \(subject(of: key))" }

    /// Users of an org cannot be deleted: one who is not shown is there, and who is active may sign in.
    func denialOfMissing(_ key: PersonKey) -> AccessDenial? { nil }

    func remember(_ clones: CloneReport?) { clonesBefore = clones }

    var cloneReport: CloneReport? {
        guard var report = clones else { return clonesBefore }
        // Profiles are looked at where everybody is read.
        if onlyOne == nil { report.drift += (clonesBefore?.drift ?? []).filter { $0.kind == .onlyOneSet } }
        return report.cut
    }
}

extension SalesforceSyncSource {
    private func client() async throws(ConnectorError) -> SalesforceClient {
        SalesforceClient(sender: sender, session: try await session())
    }

    /// - Parameter anew: whether they are read whatever is kept.
    private func sets(anew: Bool) async throws -> SalesforceSets {
        let client = try await client()
        return try await kept.sets(of: connection, anew: anew, now: now) {
            try await SalesforceSetsReader(client: client).read()
        }
    }

    private func userRows() async throws(ConnectorError) -> SalesforceUserRows {
        let session = try await session()
        return SalesforceUserRows(
            client: SalesforceClient(sender: sender, session: session), integrationUser: session.identity.userID)
    }

    private func assignmentsReader() async throws(ConnectorError) -> SalesforceAssignmentsReader {
        let session = try await session()
        return SalesforceAssignmentsReader(
            client: SalesforceClient(sender: sender, session: session), integrationUser: session.identity.userID,
            now: now)
    }

    private func session() async throws(ConnectorError) -> SalesforceSession {
        let session = try await tokens.session(of: application)
        // To another org nobody of this one would be known, and everybody would lose the way in.
        guard session.identity.organizationID == settings.organizationID else {
            forgetAccess()
            throw ConnectorError(
                .organizationMismatch,
                "the token is for the org \(session.identity.organizationID.value), not for "
                    + settings.organizationID.value,
                hint: "an administrator tests the connection: cobrowse-sso salesforce test --license "
                    + "\(connection.id.license) --connection \(connection.id.name)", fixedBy: .tenantAdministrator)
        }
        return session
    }

    private func syncRow(_ row: SalesforceUserRows.Row) -> SyncRow {
        SyncRow(key: row.key, modifiedAt: row.modifiedAt) { [self] in facts(of: row) }
    }

    /// `nil` for a row without the columns that decide.
    private func facts(of row: SalesforceUserRows.Row) -> LoginFacts? {
        guard let isActive = row.value["IsActive"]?.boolValue, let type = row.value["UserType"]?.stringValue else {
            return nil
        }
        var facts = SalesforceFacts(emailVerified: row.isVerified, isActive: isActive, userType: type)
        identify(&facts, row.key)
        facts.username = row.value["Username"]?.stringValue
        facts.isFrozen = row.isFrozen
        if row.isFrozen == nil { facts.unreadable.insert(.isFrozen) }
        if let name = row.value["Profile"]?["Name"]?.stringValue {
            facts.profile = SalesforceFacts.Component(name: name, id: row.value.id("ProfileId"))
        }
        if let holders { facts.set(holders.facts(of: row.key)) }
        return LoginFacts(
            email: row.value["Email"]?.stringValue ?? "", displayName: row.value["Name"]?.stringValue,
            claimedRole: .absent, origin: .salesforce(facts))
    }

    private func identify(_ facts: inout SalesforceFacts, _ key: PersonKey) {
        facts.connection = connection.id.name
        facts.organizationID = settings.organizationID
        facts.userID = key.salesforceID
    }
}
