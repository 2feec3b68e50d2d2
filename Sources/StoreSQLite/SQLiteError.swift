import AuthService
import BridgeCore
internal import CSQLite

/// What went wrong inside this module, before it becomes a `StoreError` at the border.
enum SQLiteError: Error {
    /// SQLite refused: an extended result code and SQLite's own words, which name tables and columns but no values.
    case failed(code: Int32, message: String)
    /// A stored value is none this version writes; the column as `table.column`, never the value.
    case damaged(column: String)
    /// The store's own answer: `conflict`, `not_found`.
    case refused(StoreError)

    /// The extended result code of a failure of SQLite, else `SQLITE_OK`.
    var code: Int32 {
        if case .failed(let code, _) = self { code } else { SQLITE_OK }
    }

    /// The low byte of the code: its family (`SQLITE_FULL`, `SQLITE_BUSY`, ...).
    var primaryCode: Int32 { code & 0xFF }
}

extension StoreError {
    /// Translates `error`; `path` names the database in the text.
    init(_ error: SQLiteError, path: String) {
        switch error {
        case .refused(let refusal): self = refusal
        case .damaged(let column):
            self.init(
                .internal, "\(path): \(column) holds a value that cannot be read",
                hint: "restore a backup, or correct the row with the sqlite3 shell")
        case .failed(_, let message):
            let (words, hint) = Self.words(of: error.primaryCode)
            self.init(.internal, "\(path): \(words) (\(message), code \(error.code))", hint: hint)
        }
    }

    /// The answer to calls that come after `close()`.
    static func closed(_ path: String) -> StoreError { StoreError(.internal, "\(path): the store is closed") }

    private static func words(of primaryCode: Int32) -> (String, hint: String?) {
        switch primaryCode {
        case SQLITE_FULL: ("the disk is full", "free space on its file system; nothing has to be restarted")
        case SQLITE_BUSY, SQLITE_LOCKED:
            ("another process holds the lock for too long", "find who else has the file open, for example with fuser")
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN, SQLITE_AUTH:
            (
                "the file cannot be opened for writing",
                "give file and directory to the user that runs cobrowse-sso, writable for it"
            )
        case SQLITE_CORRUPT, SQLITE_NOTADB: ("the file is damaged", "restore a backup")
        case SQLITE_IOERR: ("reading or writing failed", "look for errors of the disk in the system log")
        default: ("SQLite refused", nil)
        }
    }
}
