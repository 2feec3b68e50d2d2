import BridgeTesting
import Testing

/// The README's transcripts, run as printed: against a service that was started as `make run` starts it, and those without
/// an account at Microsoft or Salesforce against what `make demo` starts.
@Suite("The README", .blocking)
struct ReadmeTests {
    /// A command of a `console` block, and what is printed below it.
    private struct Step {
        let command: String
        var expected: [String] = []
    }

    /// A part of the README whose commands are one session, as a reader has it: later ones use what earlier ones set.
    enum Part: String, CaseIterable {
        case service = "Try it"
        case demo = "Try it without an account"

        /// What goes on in the other terminal.
        var start: String {
            switch self {
            case .service:
                """
                cp -r "$CERTIFICATES" Certificates
                cobrowse-sso serve --listen 127.0.0.1:0 --data ./data 2> log &
                server=$!
                await_service log
                """
            case .demo:
                """
                LISTEN=127.0.0.1:0 SIMULATE=127.0.0.1:0 "$REPOSITORY/Demo/demo.sh" "$BINARIES" > shown 2> messages &
                server=$!
                await_line shown Ctrl-C
                """
            }
        }
    }

    @Test("prints what happens", arguments: Part.allCases)
    func transcripts(part: Part) throws {
        let steps = try Self.steps(of: part)
        try #require(steps.count >= 8)
        let answer = try Shell().run(Self.session(steps, after: part.start))
        let outputs = answer.output.split(separator: Self.mark, omittingEmptySubsequences: false).dropFirst()
        try #require(outputs.count == steps.count, "\(answer.output.joined(separator: "\n")) \(answer.messages)")
        for (step, output) in zip(steps, outputs) {
            #expect(
                ExpectedLines.match(step.expected[...], output),
                "$ \(step.command)\n\(output.joined(separator: "\n"))")
        }
        #expect(answer.exitCode == 0)
    }

    @Test("has no transcript that is in no part")
    func nothingLeftOut() throws {
        let count = try Part.allCases.map { try Self.steps(of: $0).count }.reduce(0, +)
        #expect(try count == Self.steps(in: Self.text()[...]).count)
    }

    private static let mark = "== next command =="

    private static func text() throws -> String {
        String(decoding: try RepositoryFile("README.md").bytes(), as: UTF8.self)
    }

    private static func steps(of part: Part) throws -> [Step] {
        let sections = try text().split(separator: "\n## ").map { $0.split(separator: "\n", maxSplits: 1) }
        let section = try #require(sections.first { $0.first == part.rawValue[...] })
        return steps(in: section[1])
    }

    private static func steps(in text: Substring) -> [Step] {
        var steps: [Step] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if isInside, !steps.isEmpty {
                steps[steps.count - 1].expected.append(
                    line == "..."
                        ? "..." : line.split(separator: "...", omittingEmptySubsequences: false).joined(separator: "*"))
            }
        }
        return steps
    }

    private static func session(_ steps: [Step], after start: String) -> String {
        let commands = steps.map { step in
            let command = step.command.split(separator: ":8080", omittingEmptySubsequences: false).joined(
                separator: ":$port")
            // The path is set already; the README's would lead out of this session.
            return "echo '\(mark)'\n" + (command.hasPrefix("export PATH=") ? "" : command + "\n")
        }
        return "exec 2>&1\n\(start)\ntrap 'kill $server; wait $server' EXIT\n" + commands.joined(separator: "")
    }
}
