import BridgeTesting
import Glibc
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

    @Test("sees the environment it is given and nothing else")
    func environment() throws {
        let program = Program("env", environment: ["A=b c", "PATH=/usr/bin:/bin"])
        #expect(try program.run([]).text == "A=b c\nPATH=/usr/bin:/bin\n")
    }

    @Test("is ended by a pipe nobody reads, also where this process ignores that")
    func signals() throws {
        let before = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, before) }
        let outcome = try Program("bash").run(["-c", "yes | head -1; echo ${PIPESTATUS[0]}"])
        #expect(outcome.text == "y\n141\n")
    }

    @Test("leaves nothing running behind it")
    func leftovers() throws {
        let directory = try TemporaryDirectory()
        let lock = directory.path("lock")
        let started = try Program("sh").run([
            "-c", "flock \(lock) sleep 600 & until ! flock --nonblock \(lock) true; do :; done",
        ])
        #expect(started.isSuccess)
        // Whoever held the lock is gone; what still held it would be waited for until this is ended, too.
        #expect(try Program("flock").run([lock, "true"]).exitCode == 0)
    }

    @Test("that is not there has the exit code of a shell")
    func missing() throws {
        #expect(try Program("no-such-program").run([]).exitCode == 127)
    }
}
