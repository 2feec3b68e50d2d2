internal import AuthService
internal import BridgeCore

/// What a sync has found out in bulk, and puts together page by page: of most people nothing but that they were seen.
struct SyncSurvey {
    private let source: any SyncSource
    private let policy: AccessPolicy
    private let now: Timestamp
    /// Whether every row of the CRM is read.
    let isFull: Bool
    private(set) var counts = SyncCounts()
    /// How many of the accounts that can enter are administrators'.
    private(set) var administratorCount = 0
    private(set) var findings: [SyncFinding] = []
    /// Those who have what they have by what may be otherwise by now.
    private(set) var doubtful: [SyncFinding] = []
    private var seen: Set<PersonKey> = []
    private var unreadCount = 0

    init(_ source: any SyncSource, _ policy: AccessPolicy, isFull: Bool, now: Timestamp) {
        self.source = source
        self.policy = policy
        self.isFull = isFull
        self.now = now
    }

    mutating func count(rows: Int) { counts.people += rows }

    /// Looks at somebody whose row was read; one whose row says too little is there, so nothing is taken.
    mutating func look(at person: SyncedPerson, _ row: SyncRow) {
        guard seen.insert(row.key).inserted else { return }
        guard let facts = row.facts() else {
            unreadCount += 1
            counts.postponed += 1
            return
        }
        let outcome = policy.syncOutcome(facts, now: now)
        let doubts = policy.doubts(about: facts, outcome)
        if doubts.contains(.address), person.hasAccess, outcome.role != nil { counts.notShown += 1 }
        // What is known gives less than the person has, and what is not known might give that.
        let isLess = doubts.contains(.role) && outcome.role.map { $0 < person.account.role } ?? false
        let isKnown = outcome != .denial(.rolesUnavailable) && !isLess
        note(
            SyncFinding(
                person: person, key: row.key, outcome: outcome, doubts: doubts, facts: isKnown ? facts : nil,
                modifiedAt: row.modifiedAt), mayBeRestored: !isKnown)
    }

    /// Whether it is no single person's trouble that rows cannot be read.
    var canReadNobody: Bool { unreadCount >= SyncInquiry.fewestFailures && unreadCount == seen.count }

    /// Looks at everybody there is in the store; of those whose row was not read it is known who has which role.
    mutating func look(at person: SyncedPerson) {
        if person.hasAccess {
            counts.accounts += 1
            if person.account.role == .administrator { administratorCount += 1 }
        }
        // A subject that the CRM gave nobody was never this connection's.
        guard let key = source.key(of: person.subject), !seen.contains(key) else { return }
        guard !isFull else {
            guard source.denialOfMissing(key) != nil else {
                if person.hasAccess { counts.notShown += 1 }
                return
            }
            return note(
                SyncFinding(person: person, key: key, outcome: .denial(.userUnknown), facts: nil, modifiedAt: nil))
        }
        guard let outcome = source.outcome(of: key) else { return }
        // A role helps nobody who is out for another reason: that is in the row, which will have been modified then.
        if person.suspendedFor != nil, person.suspendedFor != .roleMissing { return }
        note(SyncFinding(person: person, key: key, outcome: outcome, facts: nil, modifiedAt: nil))
    }

    /// - Parameter mayBeRestored: whether somebody who is suspended has to be asked about, since too little is known.
    private mutating func note(_ finding: SyncFinding, mayBeRestored: Bool = false) {
        let person = finding.person
        if finding.step != nil || mayBeRestored && person.suspendedFor != nil {
            findings.append(finding)
        } else if person.step(by: finding.outcome) != nil, person.suspendedFor != nil {
            // In order again by all that is known, which is not enough.
            counts.postponed += 1
        } else if person.hasAccess, source.isInDoubt(finding.key) {
            doubtful.append(finding)
        }
    }
}
