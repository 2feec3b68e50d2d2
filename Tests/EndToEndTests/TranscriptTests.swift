import BridgeTesting
import Testing

@Suite("The command line, from end to end", .blocking)
struct TranscriptTests {
    /// More than there are would be a typing error here; fewer, a transcript that nobody runs.
    private static let count = 35

    @Test("answers as its transcripts say", arguments: try Transcript.names)
    func transcript(name: String) throws {
        let transcript = try Transcript(name)
        try #require(!transcript.steps.isEmpty)
        if let reason = transcript.reasonToBeUnsanitized, Sanitizer.isBuiltIn {
            try Test.cancel("\(name) is left out: \(reason)")
        }
        let shell = try Shell()
        for step in transcript.steps {
            let answer = try shell.run(step.command)
            let place = "\(name):\(step.line): $ \(step.command)\n\(Self.shown(answer))"
            #expect(answer.exitCode == step.exitCode, "\(place)")
            #expect(ExpectedLines.match(step.output[...], answer.output[...]), "\(place)")
            #expect(ExpectedLines.match(step.messages[...], answer.messages[...]), "\(place)")
        }
    }

    @Test("runs every transcript")
    func nothingLeftOut() throws {
        #expect(try Transcript.names.count == Self.count)
    }

    private static func shown(_ answer: Shell.Answer) -> String {
        let lines = answer.output + answer.messages.map { "! \($0)" } + ["[\(answer.exitCode)]"]
        return lines.joined(separator: "\n")
    }
}

@Suite("Lines of a transcript")
struct ExpectedLinesTests {
    @Test(
        "match",
        arguments: [
            (["a"], ["a"]), (["a*c"], ["abbc"]), (["*"], [""]), (["a*b*c"], ["a1b2c"]), (["..."], []),
            (["a", "...", "c"], ["a", "b", "b", "c"]), (["...", "c"], ["c", "c"]), ([], []),
        ])
    func accepts(expected: [String], lines: [String]) {
        #expect(ExpectedLines.match(expected[...], lines[...]))
    }

    @Test(
        "do not match",
        arguments: [
            (["a"], ["b"]), (["a"], []), ([], ["a"]), (["a*a"], ["a"]), (["a*b*c"], ["acb"]), (["a", "..."], ["b"]),
            (["a*"], ["ba"]), (["a", "...", "d"], ["a", "b"]),
        ])
    func refuses(expected: [String], lines: [String]) {
        #expect(!ExpectedLines.match(expected[...], lines[...]))
    }
}
