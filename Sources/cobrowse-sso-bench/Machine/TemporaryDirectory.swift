internal import Glibc

/// The one directory of a run: configurations, stores and logs of everything that is started.
struct TemporaryDirectory: Sendable {
    let path: String

    /// Makes one below `TMPDIR`, else below `/var/tmp`, which unlike `/tmp` is on a disk everywhere.
    init() throws(BenchError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
        var template = Array("\(parent)/cobrowse-sso-bench.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .wrong("no directory can be made in \(parent): \(systemMessage(errno))")
        }
        path = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        chmod(path, 0o755)  // a web server started by root reads its files as another user
        Cleanup.remove(path)
    }

    /// A new directory inside.
    func directory(_ name: String, mode: mode_t = 0o755) throws(BenchError) -> String {
        let directory = "\(path)/\(name)"
        guard mkdir(directory, mode) == 0 else {
            throw .wrong("\(directory) cannot be made: \(systemMessage(errno))")
        }
        return directory
    }

    /// Writes a file inside, and returns its path.
    func write(_ text: String, to name: String) throws(BenchError) -> String {
        let file = "\(path)/\(name)"
        guard let stream = fopen(file, "w") else { throw .wrong("\(file): \(systemMessage(errno))") }
        let bytes = Array(text.utf8)
        let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count
        guard fclose(stream) == 0, isWritten else { throw .wrong("\(file): \(systemMessage(errno))") }
        return file
    }
}
