import BridgeTesting
import Testing

@Suite("A program", .blocking)
struct ProgramTests {
    @Test("reads its input, writes to both outputs and has an exit code")
    func run() throws {
        let outcome = try Program("sh").run(["-c", "cat; echo oops >&2; exit 3"], input: Array("hello ".utf8))
        #expect(outcome.exitCode == 3)
        #expect(outcome.output == Array("hello ".utf8))
        #expect(outcome.messages == Array("oops\n".utf8))
        #expect(outcome.text == "hello oops\n")
    }

    @Test("that is not there has the exit code of a shell")
    func missing() throws {
        #expect(try Program("no-such-program").run([]).exitCode == 127)
    }
}
