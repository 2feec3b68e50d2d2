package import AuthService
package import BridgeCore

/// What one sync reads of one connection: people in bulk, who has what rules ask for, and few people one by one.
///
/// Used by one task. What cannot be read throws: `ConnectorError`, or why nothing is sent any more.
package protocol SyncSource: AnyObject {
    /// Where it reads, as messages name it.
    var name: String { get }
    /// Whether what is read in bulk may be older than what a sign-in reads, so that few people are asked about once more.
    var lagsBehind: Bool { get }
    /// Whether the CRM has to be asked about each person before something is done for roles that `readRoles` did not find.
    var asksAboutRoles: Bool { get }

    /// The key of somebody, by the subject of the identity; `nil` for one that this CRM has given nobody.
    func key(of subject: String) -> PersonKey?
    /// The subject of the identity.
    func subject(of key: PersonKey) -> String

    /// Reads who has what rules ask for: before people are read, or not at all.
    ///
    /// - Parameter anew: whether what changes seldom is read, too, whatever is known of it.
    func readRoles(anew: Bool) async throws
    /// Reads people page by page: all, or those that were modified since a time.
    ///
    /// - Parameter page: gets those rows of a page that are of people, and how many rows it had.
    func readPeople(since time: Timestamp?, _ page: ([SyncRow], Int) async throws -> Void) async throws
    /// What the rules alone give the person by what `readRoles` has found; `nil` where that was not asked for.
    func outcome(of key: PersonKey) -> RuleOutcome?
    /// Whether what `readRoles` has found of a person is in doubt.
    func isInDoubt(_ key: PersonKey) -> Bool

    /// Gets ready to be asked about these people, one by one.
    func prepare(toAskAbout keys: [PersonKey]) async throws
    /// Decides about a person as a sign-in would at `now`; roles may be known by what changes seldom, and was kept.
    func ask(_ person: SyncedPerson, _ key: PersonKey, now: Timestamp) async -> Judgement
    /// Looks once more, past everything that is kept, what these people have: something is to be done about them for it.
    ///
    /// - Returns: those alone of whom something is shown; `nil` where what was read is as new as it can be.
    func rolesAnew(of keys: [PersonKey]) async throws -> [PersonKey: SyncRoles]?
    /// What the vendor calls it where a kept token is not taken any more (`ConnectorError.vendorCode`).
    var refusedTokenCode: String { get }
    /// Forgets the token that was refused; the next request gets another one.
    func forgetAccess()

    /// Who it is, of whom nothing else is known.
    func facts(of account: Account, _ key: PersonKey) -> LoginFacts
    /// Who it is, as a decision names them.
    func words(of key: PersonKey) -> String
    /// Why somebody may not enter whose row is not shown; `nil` where the person is there all the same.
    func denialOfMissing(_ key: PersonKey) -> AccessDenial?

    /// Takes note of what was found out about clones before; once, and first.
    func remember(_ clones: CloneReport?)
    /// What is known of clones of permission sets now; `nil` where nobody looked.
    var cloneReport: CloneReport? { get }
}

extension SyncSource {
    package func rolesAnew(of keys: [PersonKey]) async throws -> [PersonKey: SyncRoles]? { nil }
    package func remember(_ clones: CloneReport?) {}
    package var cloneReport: CloneReport? { nil }
}

/// The row of a person, read no further than it has to be: most are of nobody who ever signed in.
package struct SyncRow {
    let key: PersonKey
    let modifiedAt: Timestamp?
    /// What is known of the person; `nil` for a row without the columns that decide.
    let facts: () -> LoginFacts?
}
