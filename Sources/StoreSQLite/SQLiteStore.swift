package import AuthService
import BridgeCore

/// Keeps everything in one SQLite file: the store of a single machine.
///
/// What returned is durable (write-ahead log, `synchronous=FULL`). Several processes may have the file open at once,
/// as the command line does while the service runs; it has to lie on a local file system.
package final class SQLiteStore: Store {
    let writer: Writer
    let reader: Reader
    private let checkpointer: Checkpointer
    private let path: String
    private let lock: StoreLock

    private init(path: String, lock: StoreLock, writer: Writer, reader: Reader, checkpointer: Checkpointer) {
        self.path = path
        self.lock = lock
        self.writer = writer
        self.reader = reader
        self.checkpointer = checkpointer
    }

    /// KiB of pages: the accounts of a busy hour, and the ends of what only grows.
    private static let writerCache = 4_096

    /// Opens the database at `path`, makes it where there is none, and migrates it to this version. Blocks.
    ///
    /// - Throws: `configuration_invalid` where the directory is missing, the file is not ours, not to be written, or
    ///   of a newer version; `internal` where the file is damaged or stays locked.
    package static func open(at path: String) throws(StoreError) -> SQLiteStore {
        try DatabaseFile.prepare(path)
        let lock = try StoreLock.share(path)
        do throws(SQLiteError) {
            let database = try connect(path, cache: writerCache)
            try Schema.migrate(database, path: path)
            let checkpointer = Checkpointer(try connect(path, cache: 256))
            let writer = try Writer(database, path: path, checkpointer: checkpointer) {
                () throws(SQLiteError) in try connect(path, cache: writerCache)
            }
            let reader = Reader(try connect(path, cache: 2_048), path: path)
            return SQLiteStore(
                path: path, lock: lock, writer: writer, reader: reader, checkpointer: checkpointer)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// - Parameter cache: how many KiB of pages the connection keeps in memory at most.
    static func connect(_ path: String, cache: Int) throws(SQLiteError) -> SQLiteConnection {
        let database = try SQLiteConnection(path)
        try DatabaseFile.refuseForeign(database, path: path)
        // The schema of a file is not to be trusted with functions. Pages that a savepoint has to bring back stay in
        // memory: SQLite would write them into a file of its own in /var/tmp.
        try database.execute(
            """
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA trusted_schema = OFF;
            PRAGMA temp_store = MEMORY;
            PRAGMA cache_size = -\(cache);
            """)
        return database
    }

    /// The count SQLite keeps for the writer's connection of commits that were not its own (`PRAGMA data_version`).
    package func outsideChanges() async throws(StoreError) -> UInt64 {
        try await writer.ask { database throws(SQLiteError) in
            UInt64(truncatingIfNeeded: try database.integer("PRAGMA data_version"))
        }
    }

    package func check() async throws(StoreError) {
        let path = path
        try await reader.read { database throws(SQLiteError) in try Schema.check(database, path: path) }
        guard writer.failure != nil else { return }
        // Where writing has failed last, it has to succeed before the store is ready again: without traffic nobody
        // else would try. What is written stands there already.
        try await writer.change { database throws(SQLiteError) in
            try database.execute("PRAGMA application_id = \(DatabaseFile.applicationID)")
        }
    }

    package var lastWriteFailure: StoreError? { writer.failure }

    package func close() async {
        await checkpointer.close()
        await reader.close()
        await writer.close()
        lock.release()
    }
}

extension StoreError {
    /// What is asked for a license nobody has added.
    static func unknownTenant(_ license: License) -> StoreError {
        StoreError(
            .notFound, "there is no tenant \(license)", hint: "add it: cobrowse-sso tenant create \(license)")
    }
}
