import BridgeCore
import BridgeTesting
import Glibc
import Testing

@testable import cobrowse_sso

@Suite("An input file")
struct InputFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func input(_ path: String, standardInput: Int32 = -1) -> InputFile {
        InputFile(path: path, malformed: .certificateMalformed, standardInput: standardInput)
    }

    @Test("is read as it is, up to the limit", arguments: [0, 1, 65535, 65536, 65537, 1 << 20])
    func wholeContent(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try input(directory.file("a", bytes)).bytes() == bytes)
    }

    @Test("beyond the limit is refused")
    func tooLarge() throws {
        let path = try directory.file("a", [UInt8](repeating: 0, count: (1 << 20) + 1))
        let failure = #expect(throws: CommandFailure.self) { try input(path).bytes() }
        #expect(failure?.detail == "\(path): larger than 1 MiB")
        #expect(failure?.code == .certificateMalformed)
        #expect(failure?.exitStatus == .unreadableInput)
    }

    @Test("that never ends is refused at the limit")
    func endless() {
        let failure = #expect(throws: CommandFailure.self) { try input("/dev/zero").bytes(limit: 2048) }
        #expect(failure?.detail == "/dev/zero: larger than 2 KiB")
    }

    @Test("can be standard input")
    func standardInput() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        try Descriptor(borrowing: ends[1]).write(Array("hello".utf8))
        close(ends[1])
        #expect(try input("-", standardInput: ends[0]).bytes() == Array("hello".utf8))
        close(ends[0])
    }

    @Test("that cannot be read is named with the reason")
    func unreadable() throws {
        let cases: [(String, String, ReasonCode)] = [
            ("\(directory.path)/missing", "no such file", .notFound),
            (directory.path, "is a directory", .notFound),
            (try directory.file("a", []) + "/b", "a part of the path is not a directory", .notFound),
            ("a\0b", "no such file", .notFound),
        ]
        for (path, text, code) in cases {
            let failure = #expect(throws: CommandFailure.self) { try input(path).bytes() }
            #expect(failure?.detail == "\(path): \(text)")
            #expect(failure?.code == code)
            #expect(failure?.exitStatus == .unreadableInput)
        }
        #expect(SystemError(number: EACCES).failure("k").code == .forbidden)
        #expect(SystemError(number: EACCES).failure("k").detail == "k: permission denied")
        let closed = #expect(throws: CommandFailure.self) { try input("-").bytes() }
        #expect(closed?.detail == "standard input: it is closed")
    }

    @Test("that was found in a directory is a regular file, and nothing that keeps a reader waiting")
    func found() throws {
        let fifo = directory.path("fifo")
        try #require(mkfifo(fifo, 0o600) == 0)
        for (path, words) in [
            (fifo, "not a regular file"), ("/dev/zero", "not a regular file"),
            (directory.path, "a directory in a directory"),
        ] {
            var found = input(path)
            found.isFound = true
            let failure = #expect(throws: CommandFailure.self) { try found.bytes() }
            #expect(failure?.detail == "\(path) is \(words)")
            #expect(failure?.code == .certificateMalformed)
        }
        var file = input(try directory.file("a", [1, 2]))
        file.isFound = true
        #expect(try file.bytes() == [1, 2])
    }

    @Test("with a secret warns when others may read it", arguments: [0o600, 0o640, 0o604, 0o400] as [UInt32])
    func readableByOthers(mode: UInt32) throws {
        let path = try directory.file("key.pem", [1], mode: mode)
        let sink = MemorySink()
        let warnings = Messages(sink: sink, wantsJSON: false)
        #expect(try input(path).secretBytes(warnings: warnings) == [1])
        let expected = """
            cobrowse-sso: warning: \(path) is readable by others than its owner
            cobrowse-sso: hint: chmod 600 \(path)

            """
        #expect(sink.text == (mode & 0o044 == 0 ? "" : expected))
    }
}
