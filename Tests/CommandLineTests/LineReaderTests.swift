import BridgeCore
import BridgeTesting
import Glibc
import Testing

@testable import cobrowse_sso

@Suite("Lines of an input")
struct LineReaderTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// All lines as text, `nil` for one that is too long; reads of any size have to give the same.
    private func lines(
        _ bytes: [UInt8], limit: Int = LineReader.defaultLimit, chunkSizes: [Int] = [1, 2, 3, 7, 1 << 18]
    ) throws -> [String?] {
        let path = try directory.file("lines-\(bytes.count)-\(limit)", bytes)
        defer { unlink(path) }
        var results: [[String?]] = []
        for chunkSize in chunkSizes {
            var reader = LineReader(
                try Descriptor(opening: path, .read), name: path, malformed: .tokenMalformed, limit: limit,
                chunkSize: chunkSize)
            results.append(try read(&reader))
        }
        #expect(results.allSatisfy { $0 == results[0] })
        return results[0]
    }

    private func read(_ reader: inout LineReader) throws -> [String?] {
        var lines: [String?] = []
        var batch = LineBatch()
        while try reader.read(into: &batch) {
            lines += batch.lines.map { $0.isTooLong ? nil : String(decoding: batch.text(of: $0), as: UTF8.self) }
        }
        #expect(batch.lines.isEmpty)
        return lines
    }

    static let texts: [(String, [String])] = [
        ("", []),
        ("\n", [""]),
        ("a", ["a"]),
        ("a\n", ["a"]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\r", ["a"]),
        ("a\r\r\n", ["a\r"]),
        ("\r\n\n\r\n", ["", "", ""]),
        ("a\rb\n", ["a\rb"]),
        ("a\n\n\nb\n", ["a", "", "", "b"]),
        ("a\0b\n\0\n", ["a\0b", "\0"]),
        (" a \n", [" a "]),
    ]

    @Test("end with LF or CR LF, the last one also with the input", arguments: texts)
    func ends(text: String, expected: [String]) throws {
        #expect(try lines(Array(text.utf8)) == expected)
    }

    @Test("may have the limit's length and not a byte more", arguments: ["\n", "\r\n", ""])
    func limit(end: String) throws {
        let fits = String(repeating: "x", count: 16)
        #expect(try lines(Array((fits + end).utf8), limit: 16) == [fits])
        #expect(try lines(Array((fits + "y" + end).utf8), limit: 16) == [nil])
        #expect(try lines(Array(("a\n" + fits + "y" + end).utf8), limit: 16) == ["a", nil])
    }

    @Test("that are too long do not hide the ones after them")
    func afterTooLong() throws {
        let long = [UInt8](repeating: 0x78, count: 1 << 20)
        let bytes = Array("a\n".utf8) + long + Array("\nb\n".utf8) + long + Array("\r\nc".utf8)
        #expect(try lines(bytes, chunkSizes: [4099, 1 << 18]) == ["a", nil, "b", nil, "c"])
        #expect(try lines(long, chunkSizes: [1 << 18]) == [nil])
        #expect(try lines(long + [0x0A], chunkSizes: [1 << 18]) == [nil])
    }

    @Test("that never end are given up at 1 MiB")
    func endless() throws {
        var reader = LineReader(
            try Descriptor(opening: "/dev/zero", .read), name: "standard input", malformed: .tokenMalformed, limit: 16)
        var batch = LineBatch()
        do throws(CommandFailure) {
            _ = try reader.read(into: &batch)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.detail == "standard input: a line is larger than 1 MiB")
            #expect(error.exitStatus == .unreadableInput)
        }
    }

    @Test("are whole wherever a read ends")
    func acrossReads() throws {
        let expected = (0..<60_000).map { "line \($0) " + String(repeating: "x", count: $0 % 37) }
        let bytes = Array((expected.joined(separator: "\r\n") + "\r\n").utf8)
        #expect(try lines(bytes, chunkSizes: [4099, 1 << 18]) == expected)
    }

    @Test("of an input that fails are an error that names it")
    func failingInput() throws {
        var reader = LineReader(Descriptor(borrowing: -1), name: "standard input", malformed: .tokenMalformed, limit: 4)
        var batch = LineBatch()
        do throws(CommandFailure) {
            _ = try reader.read(into: &batch)
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.detail == "standard input: it is closed")
        }
    }
}
