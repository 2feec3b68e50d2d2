import BridgeTesting
import Testing

/// The README's transcripts, run as printed against a service that was started as `make run` starts it.
@Suite("The README", .blocking)
struct ReadmeTests {
    /// A command of a `console` block, and what is printed below it.
    private struct Step {
        let command: String
        var expected: [String] = []
    }

    @Test("prints what happens")
    func transcripts() throws {
        let steps = try Self.steps()
        try #require(steps.count >= 8)
        let answer = try Shell().run(Self.session(steps))
        let outputs = answer.output.split(separator: Self.mark, omittingEmptySubsequences: false).dropFirst()
        try #require(outputs.count == steps.count, "\(answer.output.joined(separator: "\n")) \(answer.messages)")
        for (step, output) in zip(steps, outputs) {
            #expect(
                ExpectedLines.match(step.expected[...], output),
                "$ \(step.command)\n\(output.joined(separator: "\n"))")
        }
    }

    private static let mark = "== next command =="

    private static func steps() throws -> [Step] {
        let text = String(decoding: try RepositoryFile("README.md").bytes(), as: UTF8.self)
        var steps: [Step] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if isInside, !steps.isEmpty {
                steps[steps.count - 1].expected.append(
                    line.split(separator: "...", omittingEmptySubsequences: false).joined(separator: "*"))
            }
        }
        return steps
    }

    /// One session for all commands, as a reader has it: later ones use what earlier ones set.
    private static func session(_ steps: [Step]) -> String {
        let start = """
            exec 2>&1
            cp -r "$CERTIFICATES" Certificates
            cobrowse-sso serve --listen 127.0.0.1:0 --data ./data 2> log &
            server=$!
            trap 'kill $server; wait $server' EXIT
            await_service log
            """
        let commands = steps.map { step in
            let command = step.command.split(separator: ":8080", omittingEmptySubsequences: false).joined(
                separator: ":$port")
            // The path is set already; the README's would lead out of this session.
            return "echo '\(mark)'\n" + (command.hasPrefix("export PATH=") ? "" : command + "\n")
        }
        return start + "\n" + commands.joined(separator: "")
    }
}
