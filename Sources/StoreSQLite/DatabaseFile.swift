import AuthService
import BridgeCore
import Glibc

/// The database as a file: looked at, or made, before SQLite sees it.
enum DatabaseFile {
    /// What stands in the header of our files (SQLite file format §1.3.16): "CBSO".
    static let applicationID: Int32 = 0x4342_534F

    /// Makes sure that `path` is a database of ours, or an empty file that becomes one.
    ///
    /// A new file gets mode 0600 before it has content; SQLite gives its log and index the same. Whatever else is
    /// there is refused and not touched: not even opened by SQLite, which might tidy up after its last user.
    static func prepare(_ path: String) throws(StoreError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw StoreError(.configurationInvalid, "the path of the database is empty or holds a NUL")
        }
        let created = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if created >= 0 {
            close(created)
            return
        }
        switch errno {
        case EEXIST: try examine(path)
        case ENOENT: throw missingDirectory(of: path)
        case let code: throw unusable(path, "cannot be created", code)
        }
    }

    private static func examine(_ path: String) throws(StoreError) {
        let file = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw unusable(path, "cannot be opened for reading and writing", errno) }
        defer { close(file) }
        var header = [UInt8](repeating: 0, count: 100)
        let count = header.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
        guard count >= 0 else { throw unusable(path, "cannot be read", errno) }
        if count == 0 { return }
        guard count == header.count, header.starts(with: "SQLite format 3\0".utf8) else {
            throw foreign("\(path) is not an SQLite database")
        }
        let found = header[68..<72].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard found == UInt32(bitPattern: applicationID) else {
            throw foreign("\(path) is an SQLite database of another program")
        }
    }

    private static func missingDirectory(of path: String) -> StoreError {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return StoreError(
            .configurationInvalid, "\(path) cannot be created: the directory \(directory) does not exist",
            hint: "make it for the user that runs cobrowse-sso: install -d -m 0700 \(directory)")
    }

    private static func unusable(_ path: String, _ what: String, _ code: Int32) -> StoreError {
        StoreError(
            .configurationInvalid, "\(path) \(what): \(String(cString: strerror(code)))",
            hint: "give file and directory to the user that runs cobrowse-sso, writable for it")
    }

    private static func foreign(_ detail: String) -> StoreError {
        StoreError(
            .configurationInvalid, "\(detail); it was left as it is",
            hint: "point data_dir at a directory of its own, or move the file away")
    }
}
