import AuthService
import BridgeCore

/// Settles logins inside a transaction: reads what the domain has to know, writes what it decided.
struct LoginRecorder {
    private let database: SQLiteConnection
    private let people: StandingReader
    private let accounts: AccountWriter
    private let decisions: DecisionWriter

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        self.database = database
        people = try StandingReader(database)
        accounts = try AccountWriter(database)
        decisions = try DecisionWriter(database)
    }

    /// Settles `attempt` and writes account, identity, decision and audit line.
    func settle(_ attempt: LoginAttempt) throws(SQLiteError) -> SettledLogin {
        try TenantRow.require(attempt.license, database)
        let settled = attempt.settle(try people.standing(of: attempt.grant, in: attempt.license))
        if case .success(let settlement) = settled.outcome { try accounts.write(settlement, attempt) }
        try decisions.write(settled.decision)
        return settled
    }

    /// Writes a decision that changed nothing else.
    func write(_ decision: Decision) throws(SQLiteError) { try decisions.write(decision) }
}
