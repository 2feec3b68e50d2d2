package import AuthService
import BridgeCore
internal import CSQLite
import Glibc

extension StoreFile {
    /// Refuses while anybody has the store open; for previews, since somebody may open it the moment after.
    ///
    /// - Throws: `conflict`.
    package func requireUnused() throws(StoreError) {
        guard access(path, F_OK) == 0 else { return }
        guard let lock = try StoreLock.take(.exclusive, for: path) else { throw inUse }
        lock.release()
    }

    /// Puts `backup` in the place of this file, all or nothing; the old file stays beside it.
    ///
    /// At every moment one of the two is there under the name, whole, so a crash leaves nothing to repair.
    /// - Parameter suffix: what the old file is called behind its name.
    /// - Returns: the path of the old file; `nil` where there was none.
    /// - Throws: `conflict` while anybody has the store open; what `examineBackup` throws.
    package func replace(
        with backup: StoreFile, keepingOldAs suffix: String, isCancelled: @escaping () -> Bool = { false }
    ) throws(StoreError) -> String? {
        guard let lock = try StoreLock.take(.exclusive, for: path) else { throw inUse }
        defer { lock.release() }
        _ = try backup.examineBackup(isCancelled: isCancelled)
        let draft = "\(path).restoring.\(UInt64.random(in: .min ... .max))"
        defer { unlink(draft) }
        try makeDraft(draft)
        try backup.withBackup { database throws(SQLiteError) in try Self.copy(database, to: draft, isCancelled) }
        _ = try StoreFile(draft).examineBackup(isCancelled: isCancelled)
        let old = try setAside(suffix)
        guard rename(draft, path) == 0 else { throw failure("\(path) cannot be replaced") }
        guard Self.synchronize(DatabaseFile.directory(of: path)) else { throw failure("\(path) was replaced, maybe") }
        return old
    }
}

extension StoreFile {
    /// An empty file for the owner of the old one, so that a restore by root leaves the service its store.
    private func makeDraft(_ draft: String) throws(StoreError) {
        let descriptor = open(draft, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("\(draft) cannot be made") }
        defer { close(descriptor) }
        var status = stat()
        guard stat(path, &status) == 0 || stat(DatabaseFile.directory(of: path), &status) == 0 else { return }
        if geteuid() == 0 || status.st_uid != geteuid(), fchown(descriptor, status.st_uid, status.st_gid) != 0 {
            throw failure("\(draft) cannot be given to the owner of \(path)")
        }
    }

    /// Gives the old file a second name, whole and without a log; the first name is still its own.
    private func setAside(_ suffix: String) throws(StoreError) -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let old = "\(path).\(suffix)"
        let isFolded = try foldLog()
        guard link(path, old) == 0 else { throw failure("\(old) cannot be made") }
        // A log that could not be folded in goes with its database: SQLite would take it for the new one's.
        if !isFolded, access(path + "-wal", F_OK) == 0, rename(path + "-wal", old + "-wal") != 0 {
            let failure = failure("\(path)-wal cannot be moved")
            unlink(old)
            throw failure
        }
        unlink(path + "-shm")
        guard Self.synchronize(DatabaseFile.directory(of: path)) else { throw failure("\(old) may not be durable") }
        return old
    }

    /// Copies the log into the database and removes it; `false` where the database is too damaged for that.
    ///
    /// - Throws: `conflict` where somebody has the file open without our lock, such as the sqlite3 shell.
    private func foldLog() throws(StoreError) -> Bool {
        do throws(SQLiteError) {
            let database = try SQLiteConnection(path)
            // Before anything is read: SQLite would throw away a log that does not fit a file it cannot read.
            try DatabaseFile.refuseForeign(database, path: path)
            try database.execute("PRAGMA busy_timeout = 0")
            return try database.text("PRAGMA journal_mode = DELETE") == "delete"
        } catch {
            guard ![SQLITE_BUSY, SQLITE_LOCKED].contains(error.primaryCode) else { throw inUse }
            return false
        }
    }

    private var inUse: StoreError {
        StoreError(
            .conflict, "\(path) is in use: a service or another command has it open",
            hint: "stop the service, for example with systemctl stop cobrowse-sso, and try again")
    }

    private func failure(_ what: String) -> StoreError {
        let code = errno
        return StoreError(
            .internal, "\(what): \(String(cString: strerror(code)))",
            hint: code == ENOSPC ? "free space on its file system; the store is as it was" : nil)
    }
}
