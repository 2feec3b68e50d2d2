import BridgeTesting
import FoundationEssentials
import Glibc
import Testing

/// Runs commands with bash in a directory of their own, the built executable first in the path.
final class Shell {
    /// What a command wrote and how it ended.
    struct Answer {
        let output: [String]
        let messages: [String]
        /// That of the command; of a signal, 128 and its number.
        let exitCode: Int32
    }

    private let root: String
    private var workingDirectory: String { "\(root)/work" }

    /// What takes longer hangs.
    private static let timeLimit = "120"

    init() throws {
        let template = try #require(strdup("/tmp/cobrowse-sso-e2e.XXXXXX"))
        defer { free(template) }
        root = String(cString: try #require(mkdtemp(template)))
        mkdir(workingDirectory, 0o700)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    /// Runs `command` to its end, with an empty standard input.
    func run(_ command: String) throws -> Answer {
        let timed = ["timeout", "--kill-after=5", Self.timeLimit, "bash", "-c", command]
        let words = ["env", "--chdir=\(workingDirectory)"] + timed
        let status = try spawn(words)
        return Answer(output: try lines(of: "output"), messages: try lines(of: "messages"), exitCode: status)
    }

    /// Nothing of the machine's own environment: it could set what the service is configured by.
    private var environment: [String] {
        [
            "PATH=\(Self.binaries):/usr/local/bin:/usr/bin:/bin", "HOME=\(root)", "LC_ALL=C.UTF-8",
            "CERTIFICATES=\(RepositoryFile("Certificates").absolutePath)",
        ]
    }

    /// Where the build puts executables: beside the test bundle that is running.
    private static let binaries: String = {
        let path = realpath("/proc/self/exe", nil)
        defer { free(path) }
        guard let path else { return "" }
        return String(cString: path).split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
    }()

    private func spawn(_ words: [String]) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, 1, "\(root)/output", flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "\(root)/messages", flags, 0o600)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The threads that run tests hold signals back, and a child would inherit that.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        try #require(posix_spawnp(&process, "env", &actions, &attributes, arguments, variables) == 0)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { try #require(errno == EINTR) }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    private func lines(of name: String) throws -> [String] {
        let text = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}
