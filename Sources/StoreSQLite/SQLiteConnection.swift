internal import CSQLite

/// An open database. Used by one queue at a time: SQLite's own mutexes are off (`SQLITE_OPEN_NOMUTEX`).
final class SQLiteConnection {
    private let pointer: OpaquePointer  // sqlite3, owned: closed in deinit
    private let logFrames: UnsafeMutablePointer<Int32>  // owned; written by the hook after each commit
    private var statements: [UInt: SQLiteStatement] = [:]

    /// How long a lock of another process is waited for, in milliseconds.
    private static let busyTimeout: Int32 = 5_000

    /// Opens an existing file. `path` is always taken as a path: `:memory:` and `file:` have no meaning here.
    convenience init(_ path: String) throws(SQLiteError) {
        try self.init(name: Self.literal(path), SQLITE_OPEN_READWRITE)
    }

    /// - Parameter name: as SQLite takes it, with `SQLITE_OPEN_URI` among the flags a URI.
    init(name: String, _ access: Int32) throws(SQLiteError) {
        let flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_PRIVATECACHE
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(name, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let message = String(cString: sqlite3_errmsg(opened))
            sqlite3_close_v2(opened)  // a failed open leaves a handle too
            throw .failed(code: code, message: message)
        }
        pointer = opened
        logFrames = .allocate(capacity: 1)
        logFrames.initialize(to: 0)
        sqlite3_busy_timeout(pointer, Self.busyTimeout)
        // Also switches the automatic checkpoint off, which would run inside a commit.
        sqlite3_wal_hook(
            pointer,
            { context, _, _, frames in
                context?.assumingMemoryBound(to: Int32.self).pointee = frames
                return SQLITE_OK
            }, logFrames)
    }

    /// `path` so that nothing in it means anything to SQLite.
    static func literal(_ path: String) -> String { path.hasPrefix("/") ? path : "./" + path }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(pointer)
        logFrames.deallocate()
    }

    /// The statement for `sql`, prepared at its first use and kept. Being a literal, it cannot hold a value.
    func statement(_ sql: StaticString) throws(SQLiteError) -> SQLiteStatement {
        let key = UInt(bitPattern: sql.utf8Start)
        if let known = statements[key] { return known }
        let prepared = try prepare(sql.description)
        statements[key] = prepared
        return prepared
    }

    /// Runs statements that are not worth keeping: settings, migrations.
    func execute(_ sql: String) throws(SQLiteError) {
        try check(sqlite3_exec(pointer, sql, nil, nil, nil))
    }

    private func prepare(_ sql: String) throws(SQLiteError) -> SQLiteStatement {
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v3(pointer, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil))
        guard let statement else { throw .failed(code: SQLITE_MISUSE, message: "an empty statement") }
        return SQLiteStatement(takingOwnershipOf: statement)
    }

    private func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else {
            throw .failed(code: code, message: String(cString: sqlite3_errmsg(pointer)))
        }
    }
}

/// Locks.
extension SQLiteConnection {
    /// Runs `body` again while others hold the lock, for the few statements SQLite itself does not wait for.
    func patiently(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        let end = ContinuousClock.now + .milliseconds(Int(Self.busyTimeout))
        while true {
            do throws(SQLiteError) {
                return try body()
            } catch {
                guard error.primaryCode == SQLITE_BUSY, ContinuousClock.now < end else { throw error }
                sqlite3_sleep(5)
            }
        }
    }
}

/// Transactions.
extension SQLiteConnection {
    /// Whether a transaction is open; SQLite ends one by itself after some failures (full disk, I/O).
    var isInTransaction: Bool { sqlite3_get_autocommit(pointer) == 0 }

    /// Begins a transaction with the write lock taken, so that nothing later in it can meet a lock.
    func begin() throws(SQLiteError) { try statement("BEGIN IMMEDIATE").run() }

    /// Makes everything since `begin` durable, or throws and leaves the transaction to `rollback`.
    func commit() throws(SQLiteError) { try statement("COMMIT").run() }

    /// Undoes everything since `begin`, if that has not happened yet.
    ///
    /// Should it fail, `isInTransaction` stays true and the connection is of no more use.
    func rollback() {
        if isInTransaction { try? statement("ROLLBACK").run() }
    }

    /// Runs `body` in a transaction of its own.
    func transaction<Result>(
        _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        try begin()
        do throws(SQLiteError) {
            let result = try body()
            try commit()
            return result
        } catch {
            rollback()
            throw error
        }
    }

    /// Runs `body` inside the open transaction: all of it or, when it throws, nothing.
    func savepoint<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
        try statement("SAVEPOINT change").run()
        do throws(SQLiteError) {
            let result = try body()
            try statement("RELEASE change").run()
            return result
        } catch {
            if isInTransaction {
                try statement("ROLLBACK TO change").run()
                try statement("RELEASE change").run()
            }
            throw error
        }
    }
}

/// What was changed last.
extension SQLiteConnection {
    /// How many rows the last statement inserted, changed or removed.
    var changedRows: Int { Int(sqlite3_changes64(pointer)) }

    /// Runs `body`, and ends it with `SQLITE_INTERRUPT` once `isCancelled`, which is asked many times a second.
    func interruptibly<Result>(
        _ isCancelled: @escaping () -> Bool, _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        let question = Question(isCancelled)
        sqlite3_progress_handler(
            pointer, 1_000,
            { context in
                guard let context else { return 0 }
                return Unmanaged<Question>.fromOpaque(context).takeUnretainedValue().ask() ? 1 : 0
            }, Unmanaged.passUnretained(question).toOpaque())
        defer {
            sqlite3_progress_handler(pointer, 0, nil, nil)
            withExtendedLifetime(question) {}
        }
        return try body()
    }

    /// A closure behind a pointer.
    private final class Question {
        let ask: () -> Bool
        init(_ ask: @escaping () -> Bool) { self.ask = ask }
    }
}

/// The row id given last.
extension SQLiteConnection {
    /// The row id of the last row inserted by this connection, or what was written here since.
    var lastInsertedRow: Int64 {
        get { sqlite3_last_insert_rowid(pointer) }
        set { sqlite3_set_last_insert_rowid(pointer, newValue) }
    }
}

/// The write-ahead log.
extension SQLiteConnection {
    /// Pages in the log after the last commit of this connection.
    var committedLogFrames: Int { Int(logFrames.pointee) }

    /// Copies what it can from the log into the database without waiting for readers or writers.
    ///
    /// - Returns: whether everything has been copied, so that the next transaction starts the log anew.
    func checkpoint() throws(SQLiteError) -> Bool {
        var (frames, copied): (Int32, Int32) = (0, 0)
        let code = sqlite3_wal_checkpoint_v2(pointer, nil, SQLITE_CHECKPOINT_PASSIVE, &frames, &copied)
        if code & 0xFF == SQLITE_BUSY { return false }  // another checkpoint is running
        try check(code)
        return frames == copied
    }

    /// Copies all of the log and cuts it off; does at once what it can where another process is using it.
    func checkpointAndTruncate() {
        sqlite3_busy_timeout(pointer, 0)
        sqlite3_wal_checkpoint_v2(pointer, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)  // what is left is read later
        sqlite3_busy_timeout(pointer, Self.busyTimeout)
    }
}

/// What the file is.
extension SQLiteConnection {
    /// The first 100 bytes of the file, none where it is shorter; neither locks nor changes anything.
    func header() throws(SQLiteError) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 100)
        let code = header.withUnsafeMutableBytes { bridge_sqlite_read_header(pointer, $0.baseAddress, Int32($0.count)) }
        if code == bridge_sqlite_short_read { return [] }
        try check(code)
        return header
    }

    /// The single whole number that `sql` selects.
    func integer(_ sql: StaticString) throws(SQLiteError) -> Int64 {
        let statement = try statement(sql)
        return try statement.first { row throws(SQLiteError) in try row.integer(0, sql.description) } ?? 0
    }

    /// The single text that `sql` selects.
    func text(_ sql: StaticString) throws(SQLiteError) -> String {
        let statement = try statement(sql)
        return try statement.first { row throws(SQLiteError) in try row.text(0, sql.description) } ?? ""
    }
}
