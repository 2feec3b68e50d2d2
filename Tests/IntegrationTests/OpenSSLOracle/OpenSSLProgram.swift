import Glibc
import Testing

/// The `openssl` program of the machine, as the judge of what our code makes and reads.
struct OpenSSLProgram {
    /// A directory of its own for the files of one test, removed with the value.
    private let directory: ScratchDirectory

    init() throws {
        directory = try ScratchDirectory()
    }

    /// What a run came to.
    struct Outcome {
        let isSuccess: Bool
        let output: [UInt8]
        let errors: [UInt8]

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Writes `bytes` to a file and returns its path.
    func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        try directory.write(name, bytes)
    }

    /// The content of a file that a run has written.
    func content(_ name: String) throws -> [UInt8] {
        try directory.read(name)
    }

    /// The path of a file in the directory, whether it is there or not.
    func path(_ name: String) -> String { directory.path(name) }

    /// Runs `openssl` with `arguments`; standard input is empty, so that nothing is ever asked for.
    func run(_ arguments: String...) throws -> Outcome {
        try run(arguments)
    }

    /// Runs `openssl` with `arguments`.
    func run(_ arguments: [String]) throws -> Outcome {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let (output, errors) = (directory.path("stdout"), directory.path("stderr"))
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var words: [UnsafeMutablePointer<CChar>?] = (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawnp(&child, "openssl", &actions, nil, &words, environ)
        guard failure == 0 else { throw SystemFailure(call: "posix_spawnp", number: failure) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemFailure(call: "waitpid", number: errno) }
        }
        return Outcome(
            isSuccess: status == 0, output: try directory.read("stdout"), errors: try directory.read("stderr"))
    }
}

/// A call of the system that failed.
struct SystemFailure: Error, CustomStringConvertible {
    let call: String
    let number: Int32

    var description: String { "\(call): \(strerror(number).map { String(cString: $0) } ?? "failed")" }
}

/// A new directory below `/tmp` that goes away with everything in it.
final class ScratchDirectory {
    private let root: String
    private var names: Set<String> = []

    init() throws {
        var template = Array("/tmp/openssl-oracle-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemFailure(call: "mkdtemp", number: errno) }
        root = String(cString: made)
    }

    deinit {
        for name in names { unlink(path(name)) }
        rmdir(root)
    }

    /// The path of a file here; it is removed with the directory.
    func path(_ name: String) -> String {
        names.insert(name)
        return "\(root)/\(name)"
    }

    /// Writes a file and returns its path.
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let path = path(name)
        guard let file = fopen(path, "w") else { throw SystemFailure(call: "fopen", number: errno) }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw SystemFailure(call: "fwrite", number: errno)
        }
        return path
    }

    /// The content of a file.
    func read(_ name: String) throws -> [UInt8] {
        guard let file = fopen(path(name), "r") else { throw SystemFailure(call: "fopen", number: errno) }
        defer { fclose(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { content += chunk[..<count] }
        return content
    }
}
