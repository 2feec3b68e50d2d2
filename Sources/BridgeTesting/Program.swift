internal import Glibc

/// A program of this machine, found along `PATH`.
package struct Program: Sendable {
    private let name: String
    private let environment: [String]?

    /// What takes longer hangs, and is killed.
    private static let secondsToLive = "300"

    /// - Parameter environment: `NAME=value` for all it is to see; by default what this process sees.
    package init(_ name: String, environment: [String]? = nil) {
        self.name = name
        self.environment = environment
    }

    /// What a run came to.
    package struct Outcome: Sendable {
        /// That of the program; 124 when it took too long, 127 when there is no such program.
        package let exitCode: Int32
        /// What it wrote to standard output.
        package let output: [UInt8]
        /// What it wrote to standard error.
        package let messages: [UInt8]

        /// Whether the exit code is zero.
        package var isSuccess: Bool { exitCode == 0 }

        /// All it wrote, standard output first.
        package var text: String { String(decoding: output + messages, as: UTF8.self) }
    }

    /// Runs the program to its end with `input` as its standard input. Blocks.
    ///
    /// - Throws: `SystemFailure`, or `NotOnOwnThread`.
    package func run(_ arguments: [String], input: [UInt8] = []) throws -> Outcome {
        try OwnThreads.require()
        let directory = try TemporaryDirectory()
        try directory.file("input", input)
        let command = environment.map { ["env", "--ignore-environment"] + $0 + [name] } ?? [name]
        let words = ["timeout", "--kill-after=5", Self.secondsToLive] + command + arguments
        let process = try Self.start(words, in: directory)
        return Outcome(
            exitCode: try Self.exitCode(of: process), output: try directory.content(of: "output"),
            messages: try directory.content(of: "messages"))
    }

    private static func start(_ words: [String], in directory: TemporaryDirectory) throws(SystemFailure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        unsafe posix_spawn_file_actions_addopen(&actions, 0, directory.path("input"), O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, directory.path("output"), flags, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, directory.path("messages"), flags, 0o600)
        var attributes = makeAttributes()
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        let arguments = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe arguments.forEach { unsafe free($0) } }
        var process = pid_t()
        let result = unsafe posix_spawnp(&process, words[0], &actions, &attributes, arguments, environ)
        guard result == 0 else { throw SystemFailure("posix_spawnp", number: result) }
        return process
    }

    /// Every signal with its usual meaning: the threads of tests hold signals back, a server that has run in this
    /// process ignores SIGPIPE, and a child inherits both.
    private static func makeAttributes() -> posix_spawnattr_t {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        var (none, all) = (sigset_t(), sigset_t())
        unsafe sigemptyset(&none)
        unsafe sigfillset(&all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        return attributes
    }

    private static func exitCode(of process: pid_t) throws(SystemFailure) -> Int32 {
        // What the program has left running is in the group that `timeout` leads. It ends before the leader is reaped: as
        // long as the number is taken it can be no other group's.
        var information = unsafe siginfo_t()
        while unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0 {
            guard errno == EINTR else { throw SystemFailure("waitid") }
        }
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw SystemFailure("waitpid") }
        }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }
}
