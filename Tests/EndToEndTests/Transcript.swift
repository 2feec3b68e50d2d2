import BridgeTesting

/// A session at a shell with the answers it has to give.
///
/// `$ ` begins a command for bash and `> ` continues it; then come the lines of standard output, those of standard
/// error behind `! `, and the exit code in brackets unless it is 0. In an answer `*` stands for any characters and a
/// line `...` for any lines. Lines that begin with `#` say why; empty lines before the next command do not count.
/// `@unsanitized ` and a reason, in a line before the first command, keep it from programs with the address sanitizer.
/// Commands have the functions of `functions.bash`, which wait for what happens.
struct Transcript: Sendable {
    /// One command and its answer.
    struct Step: Sendable {
        /// Where it stands in the file, counted from 1.
        let line: Int
        var command: String
        var output: [String] = []
        var messages: [String] = []
        var exitCode: Int32 = 0
    }

    static let directory = "Tests/EndToEndTests/Transcripts"
    private static let unsanitizedMark = "@unsanitized "

    let name: String
    private(set) var steps: [Step] = []
    /// Why it cannot work with the address sanitizer built into the program; `nil` where it can.
    private(set) var reasonToBeUnsanitized: String?

    /// Every transcript there is.
    static var names: [String] {
        get throws { try RepositoryFile.names(in: directory).filter { $0.hasSuffix(".transcript") } }
    }

    /// Reads the transcript `name`.
    init(_ name: String) throws {
        self.name = name
        let text = String(decoding: try RepositoryFile("\(Self.directory)/\(name)").bytes(), as: UTF8.self)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            take(line, at: index + 1)
        }
        finishStep()
    }

    private mutating func take(_ line: Substring, at number: Int) {
        if line.hasPrefix("#") {
            finishStep()
        } else if line.hasPrefix(Self.unsanitizedMark), steps.isEmpty {
            reasonToBeUnsanitized = String(line.dropFirst(Self.unsanitizedMark.count))
        } else if line.hasPrefix("$ ") {
            finishStep()
            steps.append(Step(line: number, command: String(line.dropFirst(2))))
        } else if !steps.isEmpty {
            Self.take(line, into: &steps[steps.count - 1])
        }
    }

    private static func take(_ line: Substring, into step: inout Step) {
        if line.hasPrefix("> ") {
            step.command += "\n\(line.dropFirst(2))"
        } else if line.hasPrefix("! ") {
            step.messages.append(String(line.dropFirst(2)))
        } else if line.hasPrefix("["), line.hasSuffix("]"), let code = Int32(line.dropFirst().dropLast()) {
            step.exitCode = code
        } else {
            step.output.append(String(line))
        }
    }

    private mutating func finishStep() {
        guard !steps.isEmpty else { return }
        while steps[steps.count - 1].output.last?.isEmpty == true { steps[steps.count - 1].output.removeLast() }
    }
}
