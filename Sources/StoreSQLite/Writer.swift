import AuthService
internal import Dispatch
internal import Synchronization

/// The only one that writes: everything queued while the last transaction ran becomes the next one.
///
/// So a commit, which has to wait for the disk, is shared by all that wait for it, and nobody waits for a timer.
final class Writer: @unchecked Sendable {  // database and recorder are touched on `queue` only
    private let path: String
    private let queue = DispatchQueue(label: "cobrowse-sso.store.writer")
    private let state = Mutex(State())
    private let checkpointer: Checkpointer
    private let reopen: @Sendable () throws(SQLiteError) -> SQLiteConnection
    private var database: SQLiteConnection?
    private var recorder: LoginRecorder?
    private var taken = Waiting()
    /// Decisions that nobody waits for and that no transaction has taken in yet.
    private var notes: [Decision] = []
    /// How many of the logins taken have been written already.
    private var writtenLogins = 0

    /// The most logins of one transaction: bounds its pages in memory and how long other processes are kept out.
    static let largestBatch = 1_024

    private struct Waiting {
        var logins: [PendingLogin] = []
        var changes: [any PendingChange] = []
        /// Decisions that nobody waits for.
        var notes: [Decision] = []
        var isEmpty: Bool { logins.isEmpty && changes.isEmpty && notes.isEmpty }

        /// Forgets all but the memory, which the next ones need again.
        mutating func removeAll() {
            logins.removeAll(keepingCapacity: true)
            changes.removeAll(keepingCapacity: true)
            notes.removeAll(keepingCapacity: true)
        }
    }

    /// The most decisions that wait with nobody waiting for them: a few milliseconds of writing.
    private static let largestNoteCount = 4_096

    private struct State {
        var waiting = Waiting()
        var isDraining = false
        var isClosed = false
        /// Why the last transaction did not last; `nil` when it did.
        var failure: StoreError?
    }

    /// - Parameter reopen: makes another connection where one can no longer be used.
    init(
        _ database: SQLiteConnection, path: String, checkpointer: Checkpointer,
        reopen: @escaping @Sendable () throws(SQLiteError) -> SQLiteConnection
    ) throws(SQLiteError) {
        self.reopen = reopen
        self.path = path
        self.checkpointer = checkpointer
        recorder = try LoginRecorder(database)
        self.database = database
    }

    /// Settles a login; returns once what came of it is durable.
    func settle(_ attempt: LoginAttempt) async throws(StoreError) -> SettledLogin {
        // Unsafe only in that nobody counts: each path below resumes exactly once.
        let result = await withUnsafeContinuation { continuation in
            let pending = PendingLogin(attempt: attempt, continuation: continuation)
            if !enqueue({ $0.logins.append(pending) }) {
                continuation.resume(returning: .failure(.closed(path)))
            }
        }
        return try result.get()
    }

    /// Writes a decision down; returns once it is durable.
    func append(_ decision: Decision) async throws(StoreError) {
        try await change { database throws(SQLiteError) in
            try database.savepoint { () throws(SQLiteError) in
                let recorder = try LoginRecorder(database)
                try recorder.write(decision)
                try recorder.finish()
            }
        }
    }

    /// Has a decision written with the next transaction; `false` where too many wait, or after `close`.
    func note(_ decision: Decision) -> Bool {
        var hasRoom = false
        let isOpen = enqueue { waiting in
            hasRoom = waiting.notes.count < Self.largestNoteCount
            if hasRoom { waiting.notes.append(decision) }
        }
        return isOpen && hasRoom
    }

    /// Runs `body` in the next transaction; returns once it is durable. What it throws undoes nothing by itself: a
    /// body of several changes uses `savepoint`.
    func change<Value: Sendable>(_ body: @escaping Change<Value>.Body) async throws(StoreError) -> Value {
        let result = await withUnsafeContinuation { continuation in
            let change = Change(body, answering: continuation)
            if !enqueue({ $0.changes.append(change) }) { change.finish(failure: .closed(path)) }
        }
        return try result.get()
    }

    /// Runs `body` between two transactions, for what only this connection can tell.
    func ask<Value: Sendable>(_ body: @escaping Change<Value>.Body) async throws(StoreError) -> Value {
        let result = await withUnsafeContinuation { continuation in
            let question = Change(body, answering: continuation)
            queue.async {
                guard let database = self.database else { return question.finish(failure: .closed(self.path)) }
                _ = question.run(on: database, path: self.path)
                question.finish(failure: nil)
            }
        }
        return try result.get()
    }

    /// Why the last transaction did not last; `nil` when it did, or there was none yet.
    var failure: StoreError? { state.withLock { $0.failure } }

    /// Finishes what is queued, then closes the connection. Later calls fail with `internal`.
    func close() async {
        state.withLock { $0.isClosed = true }
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            queue.async {
                while self.writeBatch() {}
                // One that wrote nothing leaves the log to those who did, and the lock too.
                if let database = self.database, database.committedLogFrames > 0 { database.checkpointAndTruncate() }
                self.recorder = nil
                self.database = nil
                continuation.resume()
            }
        }
    }

    private func enqueue(_ append: (inout Waiting) -> Void) -> Bool {
        let (isOpen, isFirst) = state.withLock { state in
            if state.isClosed { return (false, false) }
            append(&state.waiting)
            defer { state.isDraining = true }
            return (true, !state.isDraining)
        }
        if isFirst { queue.async { self.drain() } }
        return isOpen
    }
}

/// On the queue.
extension Writer {
    /// Writes one batch; the next one gets a turn of its own, so that `ask` and `close` get theirs.
    private func drain() {
        if writeBatch() { queue.async { self.drain() } }
    }

    /// Writes as much of what waits as fits into one transaction, in order; returns whether more is waiting.
    private func writeBatch() -> Bool {
        if taken.isEmpty { state.withLock { swap(&$0.waiting, &taken) } }
        let end = min(writtenLogins + Self.largestBatch, taken.logins.count)
        let isFirst = writtenLogins == 0
        if isFirst { keep(taken.notes) }
        write(isFirst ? taken.changes : [], taken.logins[writtenLogins..<end])
        writtenLogins = end
        if end == taken.logins.count {
            taken.removeAll()
            writtenLogins = 0
        }
        let isRest = !taken.isEmpty
        return state.withLock { state in
            state.isDraining = isRest || !state.waiting.isEmpty
            return state.isDraining
        }
    }

    /// One transaction. Callers are answered after it: with their own outcome, or all alike when it did not last.
    private func write(_ changes: [any PendingChange], _ logins: ArraySlice<PendingLogin>) {
        if changes.isEmpty && logins.isEmpty && notes.isEmpty { return }
        let outcomes: [Result<SettledLogin, StoreError>]
        do throws(StoreError) {
            outcomes = try transaction(changes, logins)
            notes.removeAll(keepingCapacity: true)
            remember(nil)
        } catch {
            remember(error)
            for change in changes { change.finish(failure: error) }
            for pending in logins { pending.continuation.resume(returning: .failure(error)) }
            return
        }
        for change in changes { change.finish(failure: nil) }
        for (pending, outcome) in zip(logins, outcomes) { pending.continuation.resume(returning: outcome) }
        // Last, because it may take a while: those who were waiting have their answers.
        if let database { checkpointer.logGrew(to: database.committedLogFrames, writer: database) }
    }

    private func transaction(
        _ changes: [any PendingChange], _ logins: ArraySlice<PendingLogin>
    ) throws(StoreError) -> [Result<SettledLogin, StoreError>] {
        if database == nil, !state.withLock(\.isClosed) { replaceConnection() }
        guard let database, let recorder else { throw .closed(path) }
        do throws(SQLiteError) {
            try database.begin()
            for change in changes {
                if let failure = change.run(on: database, path: path), !database.isInTransaction { throw failure }
            }
            let outcomes = try recorder.record(logins, notes, path: path)
            try recorder.finish()
            try database.commit()
            return outcomes
        } catch {
            recorder.discard()
            database.rollback()
            if database.isInTransaction { replaceConnection() }
            throw StoreError(error, path: path)
        }
    }

    /// Keeps decisions until a transaction lasts; those that are too many are lost, and the oldest stay.
    private func keep(_ new: [Decision]) {
        notes += new.prefix(max(0, Self.largestNoteCount - notes.count))
    }

    private func remember(_ failure: StoreError?) {
        state.withLock { $0.failure = failure }
    }

    /// Lets a connection go whose transaction can neither be finished nor undone, and with it the transaction.
    ///
    /// Where there is no other to be had, the next transaction asks again.
    private func replaceConnection() {
        recorder = nil
        database = nil
        guard let fresh = try? reopen(), let freshRecorder = try? LoginRecorder(fresh) else { return }
        database = fresh
        recorder = freshRecorder
    }
}
