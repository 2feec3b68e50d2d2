package import AuthService
import BridgeCore
internal import CSQLite
import Glibc

extension StoreFile {
    /// Writes all of the store as it is at this moment to the empty file at `target`, compact and without a log, while
    /// others go on reading and writing; durable when it returns.
    ///
    /// - Parameter isCancelled: asked many times a second; `true` ends the copy with `internal`.
    package func copy(to target: String, isCancelled: @escaping () -> Bool = { false }) throws(StoreError) {
        try withDatabase { database throws(SQLiteError) in
            _ = try Schema.state(of: database, path: path)
            try Self.copy(database, to: target, isCancelled)
        }
    }

    /// Proves that the file is a whole database of ours, which this version can read, and says what is in it.
    ///
    /// Neither changes it nor makes files beside it.
    /// - Throws: `configuration_invalid` for what is no backup, or one of a newer version; `internal` for a damaged one.
    package func examineBackup(isCancelled: @escaping () -> Bool = { false }) throws(StoreError) -> StoreFacts {
        try withBackup { database throws(SQLiteError) in
            try database.interruptibly(isCancelled) { () throws(SQLiteError) in
                try refuseDamages(database)
                return try facts(database)
            }
        }
    }

    /// Opens the file as it lies there: nothing is locked, and a log beside it would be overlooked.
    func withBackup<Value>(
        _ body: (SQLiteConnection) throws(SQLiteError) -> Value
    ) throws(StoreError) -> Value {
        try refuseNoFile()
        guard access(path + "-wal", F_OK) != 0 else {
            throw StoreError(
                .configurationInvalid, "\(path) has a write-ahead log beside it, so it is no finished copy",
                hint: "make backups with cobrowse-sso backup FILE")
        }
        do throws(SQLiteError) {
            let database = try SQLiteConnection(
                name: Self.immutableURI(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
            try DatabaseFile.refuseForeign(database, path: path)
            try database.execute("PRAGMA trusted_schema = OFF")
            return try body(database)
        } catch {
            guard [SQLITE_CORRUPT, SQLITE_NOTADB].contains(error.primaryCode) else {
                throw StoreError(error, path: path)
            }
            throw damaged("SQLite cannot read it")
        }
    }

    static func copy(
        _ database: SQLiteConnection, to target: String, _ isCancelled: @escaping () -> Bool
    ) throws(SQLiteError) {
        try database.interruptibly(isCancelled) { () throws(SQLiteError) in
            try database.statement("VACUUM INTO ?1").run(.text(SQLiteConnection.literal(target)))
        }
        // SQLite leaves a copy to the system's own time.
        guard synchronize(target) else {
            throw .failed(code: SQLITE_IOERR, message: "\(target): \(String(cString: strerror(errno)))")
        }
    }

    /// Waits until a file or directory is on the disk.
    static func synchronize(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}

extension StoreFile {
    private func refuseNoFile() throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw StoreError(.notFound, "\(path): \(String(cString: strerror(errno)))", hint: "check the path")
        }
        guard status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
            throw DatabaseFile.foreign("\(path) is not an SQLite database")
        }
    }

    private func refuseDamages(_ database: SQLiteConnection) throws(SQLiteError) {
        let state = try Schema.state(of: database, path: path)
        guard state.found > 0 else { throw .refused(DatabaseFile.foreign("\(path) holds no tables")) }
        let findings = try Self.findings(of: database.statement("PRAGMA integrity_check(5)"))
        guard let first = findings.first else { return }
        throw .refused(damaged(first))
    }

    private func damaged(_ how: String) -> StoreError {
        StoreError(.internal, "\(path) is damaged: \(how)", hint: "use another backup; this one was not touched")
    }

    private func facts(_ database: SQLiteConnection) throws(SQLiteError) -> StoreFacts {
        var status = stat()
        stat(path, &status)
        return StoreFacts(
            schemaVersion: Int(try database.integer("PRAGMA user_version")),
            tenantCount: Int(try database.integer("SELECT count(*) FROM tenants")),
            accountCount: Int(try database.integer("SELECT count(*) FROM accounts")), size: Int64(status.st_size))
    }

    /// A path as SQLite's URI for files that nobody changes; every byte that could mean something is escaped.
    private static func immutableURI(_ path: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var uri = Array("file:".utf8)
        for byte in SQLiteConnection.literal(path).utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "_"):
                uri.append(byte)
            default: uri += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: uri, as: UTF8.self) + "?immutable=1"
    }
}
