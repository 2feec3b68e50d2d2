import AuthService
import BridgeCore
import Glibc
internal import Synchronization

/// The database as a file: made or looked at before SQLite changes anything.
enum DatabaseFile {
    /// What stands in the header of our files (SQLite file format §1.3.16): "CBSO".
    static let applicationID: Int32 = 0x4342_534F

    /// The length of an SQLite header.
    private static let headerSize = 100

    /// Held while a file is made: closing a descriptor drops every lock the process has on the file, and so those
    /// of a connection somebody else opened to it meanwhile. For the same reason nothing here opens an existing file.
    private static let making = Mutex(())

    /// Makes sure that there is a file at `path` which can be read and written.
    ///
    /// A new file gets mode 0600 before it has content; SQLite gives its log and index the same.
    static func prepare(_ path: String) throws(StoreError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw StoreError(.configurationInvalid, "the path of the database is empty or holds a NUL")
        }
        switch making.withLock({ _ in make(path) }) {
        case 0: return
        case EEXIST: try examine(path)
        case ENOENT: throw missingDirectory(of: path)
        case let code: throw unusable(path, "cannot be created", code)
        }
    }

    /// Refuses a file of another program, which SQLite has opened but not yet looked into.
    static func refuseForeign(_ database: SQLiteConnection, path: String) throws(SQLiteError) {
        let header = try database.header()
        if header.isEmpty { return }
        guard header.count == headerSize, header.starts(with: "SQLite format 3\0".utf8) else {
            throw .refused(foreign("\(path) is not an SQLite database"))
        }
        let found = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard found == UInt32(bitPattern: applicationID) else {
            throw .refused(foreign("\(path) is an SQLite database of another program"))
        }
    }

    /// The directory a path lies in.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes an empty file; returns 0 or the error number.
    private static func make(_ path: String) -> Int32 {
        let file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0 else { return errno }
        close(file)
        return 0
    }

    private static func examine(_ path: String) throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw unusable(path, "cannot be looked at", errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw foreign("\(path) is not a file") }
        guard status.st_size == 0 || status.st_size >= headerSize else {
            throw foreign("\(path) is not an SQLite database")
        }
        guard faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 else {
            throw unusable(path, "cannot be opened for reading and writing", errno)
        }
    }

    private static func missingDirectory(of path: String) -> StoreError {
        let directory = directory(of: path)
        return StoreError(
            .configurationInvalid, "\(path) cannot be created: the directory \(directory) does not exist",
            hint: "make it for the user that runs cobrowse-sso: install -d -m 0700 \(directory)")
    }

    private static func unusable(_ path: String, _ what: String, _ code: Int32) -> StoreError {
        StoreError(
            .configurationInvalid, "\(path) \(what): \(String(cString: strerror(code)))",
            hint: "give file and directory to the user that runs cobrowse-sso, writable for it")
    }

    static func foreign(_ detail: String) -> StoreError {
        StoreError(
            .configurationInvalid, "\(detail); it was left as it is",
            hint: "point data_dir at a directory of its own, or move the file away")
    }
}
