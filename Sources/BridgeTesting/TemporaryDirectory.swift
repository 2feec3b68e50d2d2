internal import Glibc

/// A directory of a test's own, which exists as long as the value.
package final class TemporaryDirectory: Sendable {
    /// Its absolute path.
    package let path: String

    /// Makes it below `TMPDIR`, by default `/tmp`.
    package init() throws(SystemFailure) {
        let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
        var template = "\(parent)/cobrowse-sso-test.XXXXXX".utf8CString.map(\.self)
        guard unsafe mkdtemp(&template) != nil else { throw SystemFailure("mkdtemp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Files.remove(path) }

    /// The path of `name` in it, whether that is there or not.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// What is in it, sorted.
    package var names: [String] {
        get throws(SystemFailure) { try Files.names(in: path) }
    }

    /// Makes a file, which must not be there yet, and returns its path.
    @discardableResult
    package func file(_ name: String, _ bytes: [UInt8], mode: UInt32 = 0o600) throws(SystemFailure) -> String {
        try Files.make(path(name), bytes, mode: mode)
        return path(name)
    }

    /// Removes what has the name, if there is something.
    package func remove(_ name: String) { Files.remove(path(name)) }

    /// The content of a file.
    package func content(of name: String) throws(SystemFailure) -> [UInt8] { try Files.read(path(name)) }

    /// The permission bits of what has the name, of a link's own.
    package func mode(of name: String) throws(SystemFailure) -> UInt32 {
        var status = stat()
        guard unsafe lstat(path(name), &status) == 0 else { throw SystemFailure(path(name)) }
        return status.st_mode & 0o7777
    }
}

/// Runs `body` with the path of a fresh directory, which is removed afterwards.
package func withTemporaryDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = try TemporaryDirectory()
    defer { withExtendedLifetime(directory) {} }
    try await body(directory.path)
}
