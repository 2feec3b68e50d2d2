import BridgeTesting
import Testing

@testable import BridgeCrypto

@Suite("A repair of text")
struct TextRepairTests {
    /// A repair, what it gets, and what it makes of that; `nil` where it finds nothing to do.
    struct Row: Sendable, CustomTestStringConvertible {
        let repair: TextRepair
        let input: [UInt8]
        let output: [UInt8]?

        init(_ repair: TextRepair, _ input: String, _ output: String?) {
            self.init(repair, Array(input.utf8), output)
        }

        init(_ repair: TextRepair, _ input: [UInt8], _ output: String?) {
            (self.repair, self.input, self.output) = (repair, input, output.map { Array($0.utf8) })
        }

        var testDescription: String {
            "\(repair.words): \(String(decoding: input.prefix(60), as: UTF8.self).debugDescription)"
        }
    }

    private static let utf16: [Row] = [
        Row(.utf16, [0xFF, 0xFE, 0x41, 0, 0x0A, 0], "A\n"),
        Row(.utf16, [0xFE, 0xFF, 0, 0x41, 0, 0x0A], "A\n"),
        Row(.utf16, [0xFF, 0xFE, 0x41, 0, 0x42], "A"),
        Row(.utf16, [0xFF, 0xFE], ""),
        Row(.utf16, [0xFF, 0xFE, 0x00, 0xD8, 0x41, 0], "\u{FFFD}A"),
        Row(.utf16, [0xFF, 0xFE, 0x3D, 0xD8, 0x00, 0xDE], "😀"),
        Row(.utf16, "-----BEGIN CERTIFICATE-----".utf8.flatMap { [$0, 0] }, "-----BEGIN CERTIFICATE-----"),
        Row(.utf16, "-----BEGIN CERTIFICATE-----".utf8.flatMap { [0, $0] }, "-----BEGIN CERTIFICATE-----"),
        Row(.utf16, [UInt8](repeating: 0, count: 64), nil), Row(.utf16, "-----BEGIN CERTIFICATE-----", nil),
        Row(.utf16, [], nil), Row(.utf16, [0xFF], nil),
    ]

    private static let escapes: [Row] = [
        Row(.escapes, #"a\nb\r\nc\td"#, "a\nb\r\nc\td"), Row(.escapes, #"a\\nb\\\\nc"#, "a\nb\nc"),
        Row(.escapes, #"\/\"\'"#, #"/"'"#), Row(.escapes, #"\u002B\u003d\u00e9\u12"#, #"+=\u00e9\u12"#),
        Row(.escapes, "a\\\nb\\\r\nc", "a\nb\r\nc"), Row(.escapes, #"\x \"#, nil), Row(.escapes, "a", nil),
        Row(.escapes, #"\u+04A"#, nil), Row(.escapes, #"\uD83D"#, nil),
    ]

    private static let typography: [Row] = [
        Row(.typography, "—–BEGIN", "-----BEGIN"), Row(.typography, "a\u{A0}b\u{3000}c", "a b c"),
        Row(.typography, "“a”‘b’«c»", "\"a\"\"b\"\"c\""), Row(.typography, "a\u{200B}b\u{FEFF}c\u{AD}d", "abcd"),
        Row(.typography, "a\u{2028}b\u{85}c", "a\nb\nc"), Row(.typography, [0x96, 0x97, 0x93, 0xA0], "----\" "),
        Row(.typography, "é張😀", nil), Row(.typography, "abc", nil), Row(.typography, [0xE2], nil),
        Row(.typography, [0xE2, 0x80], nil), Row(.typography, [0xC2], nil), Row(.typography, [0xE2, 0x80, 0x41], nil),
    ]

    private static let lines: [Row] = [
        Row(.carriageReturns, "a\rb\r\nc\r", "a\nb\r\nc\n"), Row(.carriageReturns, "a\r\nb\n", nil),
        Row(.quoteMarks, "> a\n>> b\n | c\n# d\n * e", "a\nb\nc\nd\ne"), Row(.quoteMarks, "a > b", nil),
        Row(.indentation, "  a\n\tb\n\n c d", "a\nb\n\nc d"), Row(.indentation, "a\nb ", nil),
        Row(.quotes, "\"a\"\n'b',\n `c` ", "a\nb\nc"), Row(.quotes, "\"a\nb\"", "a\nb"),
        Row(.quotes, "  \"MII=\" +\n  \"AB+\" +\n  \"\";", "MII=\nAB+\n"), Row(.quotes, "a+\nb,", nil),
        Row(.quotes, "\" +\na", "a"), Row(.quotes, "x = \"a\"", "x = \"a"), Row(.quotes, "\"\"\"\"", ""),
    ]

    private static let armour: [Row] = [
        Row(.armour, "----- BEGIN A-----", "-----BEGIN A-----"), Row(.armour, "--BEGIN A B --", "-----BEGIN A B-----"),
        Row(.armour, "-------END  X509 CRL-----", "-----END X509 CRL-----"), Row(.armour, "-----BEGIN A-----", nil),
        Row(.armour, "-BEGIN A-", nil), Row(.armour, "--BEGIN a--", nil), Row(.armour, "--BEGIN--", nil),
        Row(.armour, "-- BEGINNING --", nil), Row(.armour, "--------------------", nil),
        Row(.lines, "x-----BEGIN A-----y-----END A-----z", "x\n-----BEGIN A-----\ny\n-----END A-----\nz"),
        Row(
            .lines, "-----END A----------BEGIN B-----\n",
            "-----END A-----\n-----BEGIN B-----\n"),
        Row(.lines, "-----BEGIN A-----\ny\n-----END A-----", nil),
    ]

    @Test("undoes what it is for, and nothing else", arguments: utf16 + escapes + typography + lines + armour)
    func undo(_ row: Row) {
        #expect(row.repair.undo(row.input) == row.output)
    }

    @Test("has words of its own")
    func words() {
        #expect(Set(TextRepair.all.map(\.words)).count == TextRepair.all.count)
    }

    @Test("leaves nothing to do, or ever less, for the same one again", arguments: TextRepair.all)
    func again(_ repair: TextRepair) throws {
        for name in try RepositoryFile.names(in: "Certificates/shapes") {
            var bytes = try RepositoryFile("Certificates/shapes/\(name)").bytes()
            var rounds = 0
            while let undone = repair.undo(bytes), rounds < 10 {
                bytes = undone
                rounds += 1
            }
            #expect(rounds < 3, "\(name)")
        }
    }
}

extension TextRepair: CustomTestStringConvertible {
    public var testDescription: String { words }
}
