internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// What a sync has found out in bulk, and puts together page by page: of most people nothing but that they were seen.
struct SyncSurvey {
    let id: ConnectionID
    let settings: DynamicsSettings
    let policy: AccessPolicy
    let now: Timestamp
    /// `nil` where nobody looked at roles.
    var holders: Holders?
    /// Whether every row of the environment is read.
    let isFull: Bool
    private(set) var counts = SyncCounts()
    private(set) var findings: [SyncFinding] = []
    /// Those who have what they have by what is stored of Entra's groups: Entra may say otherwise by now.
    private(set) var doubtful: [SyncFinding] = []
    private var seen: Set<ObjectID> = []
    private var unreadCount = 0

    init(
        _ id: ConnectionID, _ settings: DynamicsSettings, _ policy: AccessPolicy, holders: Holders?, isFull: Bool,
        now: Timestamp
    ) {
        self.id = id
        self.settings = settings
        self.policy = policy
        self.holders = holders
        self.isFull = isFull
        self.now = now
    }

    mutating func count(rows: Int) { counts.people += rows }

    /// Looks at somebody whose row was read.
    mutating func look(at person: SyncedPerson, _ user: SystemUser, _ objectID: ObjectID, modifiedAt: Timestamp?) {
        guard seen.insert(objectID).inserted else { return }
        let facts = LoginFacts(
            email: user.email, displayName: user.fullName, claimedRole: .absent,
            origin: .dynamics(facts(of: user, objectID)))
        let outcome: RuleOutcome
        do throws(AccessDenial) {
            outcome = .role(try policy.decide(facts, now: now).role)
        } catch {
            outcome = .denial(error.code)
        }
        let isKnown = outcome != .denial(.rolesUnavailable)
        note(
            SyncFinding(
                person: person, objectID: objectID, outcome: outcome, facts: isKnown ? facts : nil,
                modifiedAt: modifiedAt), mayBeRestored: !isKnown)
    }

    /// Leaves somebody for the next sync whose row cannot be read: it is there, so nothing is taken.
    mutating func postpone(_ objectID: ObjectID) {
        guard seen.insert(objectID).inserted else { return }
        unreadCount += 1
        counts.postponed += 1
    }

    /// Whether it is no single person's trouble that rows cannot be read.
    var canReadNobody: Bool { unreadCount >= SyncInquiry.fewestFailures && unreadCount == seen.count }

    /// Looks at everybody there is in the store; of those whose row was not read it is known who has which role.
    mutating func look(at person: SyncedPerson) {
        if person.hasAccess { counts.accounts += 1 }
        // A subject that is none of Entra's was never this connection's.
        guard let objectID = ObjectID(person.subject), !seen.contains(objectID) else { return }
        guard !isFull else {
            return note(
                SyncFinding(
                    person: person, objectID: objectID, outcome: .denial(.userUnknown), facts: nil, modifiedAt: nil))
        }
        guard let outcome = holders?.outcome(of: objectID) else { return }
        // A role helps nobody who is out for another reason: that is in the row, which will have been modified then.
        if person.suspendedFor != nil, person.suspendedFor != .roleMissing { return }
        note(SyncFinding(person: person, objectID: objectID, outcome: outcome, facts: nil, modifiedAt: nil))
    }

    /// - Parameter mayBeRestored: whether somebody who is suspended has to be asked about, since too little is known.
    private mutating func note(_ finding: SyncFinding, mayBeRestored: Bool = false) {
        let person = finding.person
        if person.step(by: finding.outcome) != nil || mayBeRestored && person.suspendedFor != nil {
            findings.append(finding)
        } else if person.hasAccess, holders?.dependsOnEntraGroup(finding.objectID) ?? false {
            doubtful.append(finding)
        }
    }

    private func facts(of user: SystemUser, _ objectID: ObjectID) -> DynamicsFacts {
        var facts = DynamicsFacts(
            person: DynamicsFacts.Person(
                connection: id.name, tenantID: settings.tenantID, objectID: objectID.guid),
            isEnabled: !user.isDisabled, accessMode: user.accessMode, applicationID: user.applicationID,
            emailStatus: user.emailStatus, mailboxApproval: settings.mailboxApproval)
        holders?.fill(&facts, of: objectID)
        return facts
    }
}
