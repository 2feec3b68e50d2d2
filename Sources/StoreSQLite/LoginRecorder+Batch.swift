import AuthService

/// Logins and decisions of one transaction.
extension LoginRecorder {
    typealias Outcome = Result<SettledLogin, StoreError>

    /// Settles `logins` and writes `notes`, decisions that nobody waits for, inside the open transaction.
    ///
    /// All together, since what can be undone by itself costs a copy of each page it touches; where one of them fails,
    /// each by itself, so that none keeps another from being written.
    /// - Returns: what became of each login.
    /// - Throws: only what ended the transaction of all.
    func record(
        _ logins: ArraySlice<PendingLogin>, _ notes: [Decision], path: String
    ) throws(SQLiteError) -> [Outcome] {
        if logins.isEmpty && notes.isEmpty { return [] }
        do throws(SQLiteError) {
            return try recordTogether(logins, notes)
        } catch {
            guard database.isInTransaction else { throw error }
            discard()
            var outcomes: [Outcome] = []
            for login in logins { outcomes.append(try recordAlone(login, path: path)) }
            for decision in notes { try writeAlone(decision) }
            return outcomes
        }
    }

    private func recordTogether(
        _ logins: ArraySlice<PendingLogin>, _ notes: [Decision]
    ) throws(SQLiteError) -> [Outcome] {
        try database.savepoint { () throws(SQLiteError) in
            var outcomes: [Outcome] = []
            outcomes.reserveCapacity(logins.count)
            for login in logins { outcomes.append(.success(try settle(login.attempt))) }
            for decision in notes { try write(decision) }
            return outcomes
        }
    }

    private func recordAlone(_ login: PendingLogin, path: String) throws(SQLiteError) -> Outcome {
        do throws(SQLiteError) {
            return .success(try database.savepoint { () throws(SQLiteError) in try settle(login.attempt) })
        } catch {
            forget()
            guard database.isInTransaction else { throw error }
            return .failure(StoreError(error, path: path))
        }
    }

    /// One that cannot be written is lost: nobody waits for it.
    private func writeAlone(_ decision: Decision) throws(SQLiteError) {
        do throws(SQLiteError) {
            try database.savepoint { () throws(SQLiteError) in try write(decision) }
        } catch {
            forget()
            guard database.isInTransaction else { throw error }
        }
    }
}
