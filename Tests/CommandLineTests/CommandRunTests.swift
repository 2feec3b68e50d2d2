import BridgeCore
import BridgeTesting
import Testing

@testable import cobrowse_sso

/// A command blocks its thread while it waits for tasks.
@Suite("Running a command", .blocking)
struct CommandRunTests {
    struct Outcome {
        let status: ExitStatus
        let output: MemorySink
        let messages: MemorySink
    }

    private static let nothing: CommandSpec.Action = { _, _ throws(CommandFailure) in .success }

    private func run(
        _ words: [String], output: MemorySink = MemorySink(), action: @escaping CommandSpec.Action = Self.nothing
    ) -> Outcome {
        let table = CommandTable(
            commands: [
                CommandSpec(
                    ["act"], summary: "Act", arguments: [ArgumentSpec("X", "x", occurs: .optional)], run: action),
                CommandSpec(["cert", "show"], summary: "Show a certificate", run: action),
                VersionCommand.spec, HelpCommand.spec,
            ], topics: [.exitCodes])
        let messages = MemorySink()
        let runner = CommandRunner(
            table: table, words: words, output: output, messages: messages, style: .plain,
            environment: Environment { _ in nil }, standardInput: -1)
        return Outcome(status: runner.run(words), output: output, messages: messages)
    }

    @Test("writes all results with one write")
    func oneWrite() {
        let outcome = run(["act"]) { _, context throws(CommandFailure) in
            for number in 1...3 { context.output.print("line \(number)") }
            return .success
        }
        #expect(outcome.output.writes == [Array("line 1\nline 2\nline 3\n".utf8)])
        #expect(outcome.messages.writes.isEmpty)
        #expect(outcome.status == .success)
    }

    @Test("leaves standard output empty on failure and says why on standard error")
    func failure() {
        let outcome = run(["act"]) { _, context throws(CommandFailure) in
            context.output.print("half a result")
            throw CommandFailure(.passwordWrong, "a.jks: the password does not open it", hint: "ask its owner")
        }
        #expect(outcome.output.writes.isEmpty)
        #expect(
            outcome.messages.text == """
                cobrowse-sso: error: a.jks: the password does not open it
                cobrowse-sso: hint: ask its owner

                """)
        #expect(outcome.status == .keyProblem)
    }

    @Test("puts the code first where it is the answer")
    func codeFirst() {
        let outcome = run(["act"]) { _, _ throws(CommandFailure) in
            throw CommandFailure(.tokenExpired, "it expired an hour ago")
        }
        #expect(outcome.messages.text == "cobrowse-sso: error: token_expired: it expired an hour ago\n")
        #expect(outcome.status == .answerIsNo)
    }

    @Test("reports each of several things that are wrong, then the sum of them")
    func causes() {
        let action: CommandSpec.Action = { _, _ throws(CommandFailure) in
            let causes = [
                CommandFailure(.keyTooSmall, "a is weak", hint: "make another"), CommandFailure(.notFound, "b"),
            ]
            throw CommandFailure(.keyTooSmall, "2 of 3 files cannot be imported", causes: causes)
        }
        #expect(
            run(["act"], action: action).messages.text == """
                cobrowse-sso: error: a is weak
                cobrowse-sso: hint: make another
                cobrowse-sso: error: b
                cobrowse-sso: error: 2 of 3 files cannot be imported

                """)
        #expect(
            run(["act", "--json"], action: action).messages.text == """
                {"code":"key_too_small","detail":"2 of 3 files cannot be imported","hint":null,"causes":[\
                {"code":"key_too_small","detail":"a is weak","hint":"make another"},\
                {"code":"not_found","detail":"b","hint":null}]}

                """)
    }

    @Test("says what parts of the work held back in the order in which it is taken over", arguments: [false, true])
    func heldMessages(wantsJSON: Bool) {
        let outcome = run(wantsJSON ? ["act", "--json"] : ["act"]) { _, context throws(CommandFailure) in
            let parts = ["a", "b", "c"].map { (name: $0, messages: Messages.held()) }
            for part in parts.reversed() { part.messages.warning("about \(part.name)") }
            for part in parts { context.messages.takeOver(part.messages) }
            return .success
        }
        #expect(
            outcome.messages.text == """
                cobrowse-sso: warning: about a
                cobrowse-sso: warning: about b
                cobrowse-sso: warning: about c

                """)
    }

    @Test("with --json reports a failure as an object on standard error")
    func failureAsJSON() {
        let outcome = run(["act", "--json"]) { _, context throws(CommandFailure) in
            context.messages.warning("something odd")
            throw CommandFailure(.keyTooSmall, "1024 bits")
        }
        #expect(outcome.output.writes.isEmpty)
        #expect(outcome.messages.text == #"{"code":"key_too_small","detail":"1024 bits","hint":null}"# + "\n")
        #expect(outcome.status == .keyProblem)
    }

    @Test("with --json the answer no is an object on standard output")
    func noAsJSON() {
        let outcome = run(["act", "--json"]) { _, context throws(CommandFailure) in
            context.output.print("half a result")
            throw CommandFailure(.tokenExpired, "it expired", hint: "sign in again")
        }
        #expect(
            outcome.output.text == #"{"code":"token_expired","detail":"it expired","hint":"sign in again"}"# + "\n")
        #expect(outcome.messages.writes.isEmpty)
        #expect(outcome.status == .answerIsNo)
    }

    @Test("keeps the output of a command that answers no itself")
    func ownNo() {
        let outcome = run(["act"]) { _, context throws(CommandFailure) in
            context.output.print("expires soon")
            return .answerIsNo
        }
        #expect(outcome.output.text == "expires soon\n")
        #expect(outcome.status == .answerIsNo)
    }

    @Test("shows warnings at once, with --json after success")
    func warnings() {
        let action: CommandSpec.Action = { _, context throws(CommandFailure) in
            context.messages.warning("key.pem is readable by others", hint: "chmod 600 key.pem")
            return .success
        }
        let expected = """
            cobrowse-sso: warning: key.pem is readable by others
            cobrowse-sso: hint: chmod 600 key.pem

            """
        #expect(run(["act"], action: action).messages.text == expected)
        #expect(run(["act", "--json"], action: action).messages.text == expected)
    }

    @Test("obeys --json in usage errors, but not after --")
    func usageErrorAsJSON() {
        let asJSON = run(["atc", "--json"])
        #expect(
            asJSON.messages.text
                == #"{"code":"configuration_invalid","detail":"unknown command \"atc\"","hint":"did you mean cobrowse-sso act?"}"#
                + "\n")
        #expect(asJSON.status == .usage)
        #expect(run(["act", "--", "--json", "b"]).messages.text.hasPrefix("cobrowse-sso: error: act takes 1 argument"))
    }

    @Test("without a command shows the overview on standard error")
    func overviewOnError() {
        let outcome = run([])
        #expect(outcome.output.writes.isEmpty)
        #expect(outcome.messages.text.hasPrefix("usage: cobrowse-sso COMMAND"))
        #expect(outcome.status == .usage)
        let group = run(["cert"])
        #expect(group.output.writes.isEmpty)
        #expect(group.messages.text.contains("  cert show  Show a certificate\n"))
        #expect(group.status == .usage)
    }

    @Test("shows help as a result when it was asked for")
    func helpIsAResult() {
        for line in ["--help", "help", "act -h", "help act", "help cert", "help exit-codes"] {
            let outcome = run(line.split(separator: " ").map(String.init))
            #expect(!outcome.output.writes.isEmpty)
            #expect(outcome.messages.writes.isEmpty)
            #expect(outcome.status == .success)
        }
    }

    @Test("suggests a topic for a wrong one")
    func wrongTopic() {
        let outcome = run(["help", "exit-code"])
        #expect(
            outcome.messages.text == """
                cobrowse-sso: error: no help on "exit-code"
                cobrowse-sso: hint: did you mean cobrowse-sso help exit-codes?

                """)
        #expect(outcome.status == .usage)
    }

    @Test("notices a full disk behind standard output")
    func fullDisk() {
        let outcome = run(["version"], output: MemorySink(failingWith: SystemError(number: 28)))
        #expect(
            outcome.messages.text == """
                cobrowse-sso: error: cannot write standard output: no space left on device
                cobrowse-sso: hint: the result is incomplete

                """)
        #expect(outcome.status == .internal)
    }

    @Test("ends quietly when the reader of standard output went away")
    func brokenPipe() {
        let outcome = run(["version"], output: MemorySink(failingWith: SystemError(number: 32)))
        #expect(outcome.messages.writes.isEmpty)
        #expect(outcome.status == .readerWentAway)
    }

    @Test("streams in blocks of 64 KiB and keeps what was streamed when it fails later")
    func streaming() {
        let line = [UInt8](repeating: 0x61, count: 1023) + [0x0A]
        let outcome = run(["act"]) { _, context throws(CommandFailure) in
            for _ in 0..<130 { try context.output.stream(line) }
            throw CommandFailure(.internal, "the input failed")
        }
        #expect(outcome.output.writes.map(\.count) == [65536, 65536, 2048])
        #expect(outcome.status == .internal)
    }

    @Test("stops a stream whose reader went away")
    func streamToNobody() {
        let outcome = run(["act"], output: MemorySink(failingWith: SystemError(number: 32))) {
            _, context throws(CommandFailure) in
            while true { try context.output.stream([0x0A]) }
        }
        #expect(outcome.status == .readerWentAway)
    }

    @Test("keeps control characters of foreign text off the terminal")
    func controlCharacters() {
        let outcome = run(["act"]) { _, _ throws(CommandFailure) in
            throw CommandFailure(.notFound, "a\u{1B}[2Jb\nc\u{202E}d")
        }
        #expect(outcome.messages.text == "cobrowse-sso: error: a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d\n")
    }

    @Test("lets asynchronous code return, fail and answer")
    func asynchronous() {
        let outcome = run(["act"]) { _, context throws(CommandFailure) in
            let text = try runAsync { () async throws(CommandFailure) in
                await Task.yield()
                return "from a task"
            }
            context.output.print(text)
            return .success
        }
        #expect(outcome.output.text == "from a task\n")
        let failed = run(["act"]) { _, _ throws(CommandFailure) in
            try runAsync { () async throws(CommandFailure) -> ExitStatus in
                throw CommandFailure(.upstreamUnavailable, "no route")
            }
        }
        #expect(failed.status == .network)
    }

    @Test("prints the version")
    func version() {
        #expect(run(["version"]).output.text == "cobrowse-sso 0.1.0\n")
        #expect(run(["--version"]).output.text == "cobrowse-sso 0.1.0\n")
        #expect(run(["version", "--json"]).output.text.hasPrefix(#"{"version":"0.1.0","#))
    }
}
