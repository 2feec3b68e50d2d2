import BridgeTesting
import Glibc

/// Runs commands with bash in a directory of their own, the built executable first in the path.
///
/// They have the functions of `Transcripts/functions.bash`.
struct Shell {
    /// What a command wrote and how it ended.
    struct Answer {
        let output: [String]
        let messages: [String]
        /// That of the command; of a signal, 128 and its number.
        let exitCode: Int32
    }

    private let directory: TemporaryDirectory
    private var workingDirectory: String { directory.path("work") }

    init() throws {
        directory = try TemporaryDirectory()
        mkdir(workingDirectory, 0o700)
    }

    /// Runs `command` to its end, with an empty standard input.
    func run(_ command: String) throws -> Answer {
        let outcome = try Program("env", environment: environment).run(
            ["--chdir=\(workingDirectory)", "bash", "-c", command])
        return Answer(
            output: Self.lines(of: outcome.output), messages: Self.lines(of: outcome.messages),
            exitCode: outcome.exitCode)
    }

    /// Nothing of the machine's own environment: it could set what the service is configured by. Only the address
    /// sanitizer, where one is built in, hears of each process what it hears of this one.
    private var environment: [String] {
        [
            "PATH=\(Self.binaries):/usr/local/bin:/usr/bin:/bin", "HOME=\(directory.path)", "LC_ALL=C.UTF-8",
            "BINARIES=\(Self.binaries)", "REPOSITORY=\(RepositoryFile(".").absolutePath)",
            "CERTIFICATES=\(RepositoryFile("Certificates").absolutePath)",
            "BASH_ENV=\(RepositoryFile("\(Transcript.directory)/functions.bash").absolutePath)",
            "ASAN_OPTIONS=\(getenv("ASAN_OPTIONS").map { String(cString: $0) } ?? "")",
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

    private static func lines(of bytes: [UInt8]) -> [String] {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        while lines.last == "" { lines.removeLast() }
        return lines
    }
}
