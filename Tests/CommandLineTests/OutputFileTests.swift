import BridgeCore
import BridgeTesting
import Glibc
import Testing

@testable import cobrowse_sso

@Suite("An output file")
struct OutputFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func bytes(_ name: String) throws -> [UInt8] {
        try InputFile(path: "\(directory.path)/\(name)", malformed: .internal, standardInput: -1).bytes()
    }

    @Test("is complete, for its owner alone, and the only file left")
    func complete() throws {
        let content = [UInt8](repeating: 7, count: 100_000)
        try OutputFile(path: "\(directory.path)/key.pem", replacesExisting: false).write(content)
        #expect(try bytes("key.pem") == content)
        #expect(try directory.mode(of: "key.pem") == 0o600)
        #expect(try directory.names == ["key.pem"])
    }

    @Test("does not replace a file")
    func keepsExisting() throws {
        let path = try directory.file("key.pem", [1])
        let file = OutputFile(path: path, replacesExisting: false)
        for attempt in [{ try file.check() }, { try file.write([2]) }] {
            let failure = #expect(throws: CommandFailure.self) { try attempt() }
            #expect(failure?.detail == "\(path): already exists")
            #expect(failure?.code == .conflict)
        }
        #expect(try bytes("key.pem") == [1])
        #expect(try directory.names == ["key.pem"])
    }

    @Test("does not replace a file that appears while it is written")
    func keepsLateFile() throws {
        let path = try directory.file("key.pem", [1])
        let temporary = try directory.file(".key.pem.tmp", [2])
        let failure = #expect(throws: SystemError.self) {
            try OutputFile(path: path, replacesExisting: false).claim(temporary)
        }
        #expect(failure?.number == EEXIST)
        #expect(try bytes("key.pem") == [1])
    }

    @Test("replaces one when told to, with the mode of a new file")
    func replaces() throws {
        let path = try directory.file("key.pem", [1], mode: 0o644)
        try OutputFile(path: path, replacesExisting: true).write([2])
        #expect(try bytes("key.pem") == [2])
        #expect(try directory.mode(of: "key.pem") == 0o600)
        #expect(try directory.names == ["key.pem"])
    }

    @Test("replaces a symbolic link, not what it points to")
    func symbolicLink() throws {
        let target = try directory.file("target", [1])
        let path = "\(directory.path)/link"
        try #require(symlink(target, path) == 0)
        let refused = #expect(throws: CommandFailure.self) {
            try OutputFile(path: path, replacesExisting: false).write([2])
        }
        #expect(refused?.code == .conflict)
        try OutputFile(path: path, replacesExisting: true).write([2])
        #expect(try bytes("target") == [1])
        #expect(try bytes("link") == [2])
    }

    @Test("cannot be -, nor stand in a directory that is missing")
    func unwritable() throws {
        let dash = #expect(throws: CommandFailure.self) { try OutputFile(path: "-", replacesExisting: true).write([]) }
        #expect(dash?.exitStatus == .usage)
        let path = "\(directory.path)/missing/key.pem"
        let missing = #expect(throws: CommandFailure.self) {
            try OutputFile(path: path, replacesExisting: false).write([])
        }
        #expect(missing?.detail == "\(path): no such file")
        #expect(missing?.exitStatus == .unreadableInput)
    }

    @Test("replaces files only, no directory and no device")
    func filesOnly() throws {
        let taken = "\(directory.path)/taken"
        try #require(mkfifo(taken, 0o600) == 0)
        for path in [taken, directory.path, "/dev/null"] {
            let failure = #expect(throws: CommandFailure.self) {
                try OutputFile(path: path, replacesExisting: true).check()
            }
            #expect(failure?.detail == "\(path): is not a file")
        }
    }

    @Test("leaves nothing behind when it cannot take its name")
    func cleansUp() throws {
        let failure = #expect(throws: CommandFailure.self) {
            try OutputFile(path: "\(directory.path)/\(String(repeating: "x", count: 256))", replacesExisting: true)
                .write([1])
        }
        #expect(failure?.detail.hasSuffix("the name is too long") == true)
        #expect(try directory.names.isEmpty)
    }

    @Test("is written while signals wait, which take effect afterwards")
    func signals() throws {
        // Tests run on worker threads, which block signals; a command runs on the main thread, which does not.
        var previous = sigset_t()
        var interrupt = sigset_t()
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupt, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        try withSignalsBlocked { () throws(CommandFailure) in #expect(Self.isInterruptBlocked) }
        #expect(!Self.isInterruptBlocked)
        #expect(throws: CommandFailure.self) {
            try withSignalsBlocked { () throws(CommandFailure) in throw CommandFailure(.internal, "disk") }
        }
        #expect(!Self.isInterruptBlocked)
    }

    private static var isInterruptBlocked: Bool {
        var mask = sigset_t()
        pthread_sigmask(SIG_BLOCK, nil, &mask)
        return sigismember(&mask, SIGINT) == 1
    }
}
