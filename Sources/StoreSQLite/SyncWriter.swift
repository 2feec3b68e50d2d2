import AuthService
import BridgeCore

/// Carries out what a sync has decided, within one transaction.
struct SyncWriter {
    private let database: SQLiteConnection
    private let id: ConnectionID
    private let organization: String
    private let stamp: AuditStamp
    private let people: SyncedPersonReader
    private let decisions: DecisionWriter
    private let signIns: SQLiteStatement
    private let account: SQLiteStatement
    private let identity: SQLiteStatement

    init(
        _ database: SQLiteConnection, _ id: ConnectionID, organization: String, _ stamp: AuditStamp
    ) throws(SQLiteError) {
        self.database = database
        self.id = id
        self.organization = organization
        self.stamp = stamp
        people = try SyncedPersonReader(database, id, organization: organization)
        decisions = try DecisionWriter(database, TransactionMemory(database))
        signIns = try database.statement(
            """
            SELECT 1 FROM decisions
            WHERE license = ?1 AND email = ?2 AND id >= ?3 AND account_id = ?4 AND outcome = 'allow'
                AND document ->> '$.source' IN ('dynamics', 'salesforce', 'canvas')
            LIMIT 1
            """)
        account = try database.statement("UPDATE accounts SET role = ?2, suspended_at = ?3 WHERE id = ?1")
        identity = try database.statement(
            """
            UPDATE identities SET granted_role = ?5, suspended_at = ?6, suspended_code = ?7
            WHERE license = ?1 AND connection = ?2 AND organization = ?3 AND subject = ?4
            """)
    }

    func apply(_ change: SyncChange) throws(SQLiteError) -> SyncResult {
        let person = try people.person(change.subject)
        var hasOther = true
        if let account = person?.account, account.isActiveAdministrator {
            hasOther = try AccountRow.hasAdministrator(of: id.license, besides: account.id, database)
        }
        let result = change.result(
            for: person, hasSignedIn: try hasSignedIn(person, since: change.readAt), hasOtherAdministrator: hasOther,
            stamp)
        if case .done(let effect) = result { try write(effect) }
        return result
    }

    /// Whether a CRM has let the person in since then; by the order of names, which begin with the time.
    private func hasSignedIn(_ person: SyncedPerson?, since time: Timestamp) throws(SQLiteError) -> Bool {
        guard let account = person?.account else { return false }
        return try signIns.first(
            .text(id.license.value), .text(account.email.value), .text(RecordID.first("dec_", at: time)),
            .text(account.id)
        ) { _ in true } ?? false
    }

    private func write(_ effect: SyncEffect) throws(SQLiteError) {
        let time = SQLiteValue.integer(stamp.time.milliseconds)
        let isSuspended = effect.step.code != nil
        try account.run(
            .text(effect.after.id), .text(effect.after.role.rawValue),
            effect.after.status == .suspended ? time : .integer(nil))
        try identity.run(
            .text(id.license.value), .text(id.identityName), .text(organization), .text(effect.subject),
            .text(effect.step.role?.rawValue), isSuspended ? time : .integer(nil), .text(effect.step.code?.rawValue))
        try decisions.insert(effect.decision)
        try AuditTrail.append(effect.entry, database)
        guard let revocation = effect.revocation else { return }
        try RevocationRow.revoke(revocation, of: id.license, isCounted: false, stamp, database)
    }
}
