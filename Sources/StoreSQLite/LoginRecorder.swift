import AuthService
import BridgeCore

/// Settles logins inside a transaction: reads what the domain has to know, writes what it decided.
struct LoginRecorder {
    let database: SQLiteConnection
    private let memory: TransactionMemory
    private let people: StandingReader
    private let accounts: AccountWriter
    private let decisions: DecisionWriter
    private let keyUses: KeyUseWriter

    init(_ database: SQLiteConnection) throws(SQLiteError) {
        self.database = database
        memory = TransactionMemory(database)
        people = try StandingReader(database)
        accounts = try AccountWriter(database)
        decisions = try DecisionWriter(database, memory)
        keyUses = try KeyUseWriter(database)
    }

    /// Settles `attempt` and writes account, identity, decision and audit line.
    func settle(_ attempt: LoginAttempt) throws(SQLiteError) -> SettledLogin {
        guard try memory.isThere(attempt.license) else { throw .refused(.unknownTenant(attempt.license)) }
        let settled = attempt.settle(try people.standing(of: attempt.grant, in: attempt.license))
        if case .success(let settlement) = settled.outcome { try accounts.write(settlement, attempt) }
        try write(settled.decision)
        return settled
    }

    /// Writes a decision that changed nothing else.
    func write(_ decision: Decision) throws(SQLiteError) {
        try decisions.write(decision)
        keyUses.count(decision)
    }

    /// Writes what was only counted so far; the last thing before the transaction is committed.
    func finish() throws(SQLiteError) {
        try keyUses.flush()
        memory.forget()
    }

    /// Forgets what an undone login or decision has left; what was counted before it stays.
    func forget() { memory.forget() }

    /// Forgets what was only counted, too: the transaction did not last.
    func discard() {
        keyUses.discard()
        memory.forget()
    }
}
