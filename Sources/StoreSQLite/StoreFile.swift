package import AuthService
import BridgeCore
internal import CSQLite
import Glibc

/// The file of a store as a whole, for those who copy, replace, migrate and examine it. Everything here blocks.
package struct StoreFile: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// Runs `body` on a connection of its own, sharing the store with others and migrating nothing.
    func withDatabase<Value>(
        _ body: (SQLiteConnection) throws(SQLiteError) -> Value
    ) throws(StoreError) -> Value {
        let lock = try StoreLock.share(path)
        defer { lock.release() }
        do throws(SQLiteError) {
            let database = try SQLiteStore.connect(path, cache: 2_048)
            return try body(database)
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

extension StoreFile {
    /// The schema of the file, and what is to be done about it; changes nothing.
    package func schema() throws(StoreError) -> SchemaState {
        try withDatabase { database throws(SQLiteError) in try Schema.state(of: database, path: path) }
    }

    /// Brings the file up to date.
    ///
    /// - Returns: what it was before, with the steps that were taken.
    package func migrate() throws(StoreError) -> SchemaState {
        try withDatabase { database throws(SQLiteError) in
            let state = try Schema.state(of: database, path: path)
            try Schema.migrate(database, path: path)
            return state
        }
    }

    /// What SQLite finds wrong with the pages of the file (`PRAGMA quick_check`); none where it is sound.
    package func damages() throws(StoreError) -> [String] {
        try withDatabase { database throws(SQLiteError) in
            try Self.findings(of: database.statement("PRAGMA quick_check(5)"))
        }
    }

    /// The rows of a check, of which a single `ok` means that nothing was found.
    static func findings(of check: SQLiteStatement) throws(SQLiteError) -> [String] {
        let rows = try check.all { row throws(SQLiteError) in try row.text(0, "check") }
        return rows == ["ok"] ? [] : rows
    }
}
