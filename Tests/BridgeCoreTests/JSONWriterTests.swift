import BridgeCore
import BridgeTesting
import Testing

@Suite("A written JSON text")
struct JSONWriterTests {
    @Test("separates members and elements, and nothing else")
    func structure() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", "x")
            writer.member("b", nil as String?)
            writer.member("c", -1)
            writer.member("d", true)
            writer.name("e")
            writer.array { writer in
                writer.object { _ in }
                writer.array { _ in }
                writer.null()
                writer.raw("1.5".utf8)
            }
        }
        #expect(writer.text == #"{"a":"x","b":null,"c":-1,"d":true,"e":[{},[],null,1.5]}"#)
    }

    @Test("escapes what may not stand in a string, and leaves the rest")
    func escapes() {
        var writer = JSONWriter()
        writer.string("\"\\/\n\r\t\0\u{1F}\u{7F}é😀\u{2028}")
        #expect(writer.text == "\"\\\"\\\\/\\n\\r\\t\\u0000\\u001f\\u007fé😀\u{2028}\"")
    }

    @Test("reads back as what was written")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            let value = Self.value(depth: 0, &random)
            var writer = JSONWriter()
            writer.value(value)
            #expect(try JSONValue(parsing: writer.bytes) == value)
        }
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch random.below(depth > 4 ? 5 : 7) {
        case 0: return .null
        case 1: return .bool(random.below(2) == 0)
        case 2: return .number(.integer(Int64(bitPattern: random.next()) >> 11))
        case 3:
            let number = Double(bitPattern: random.next())
            return .number(.fraction(number.isFinite ? number : 0.5))
        case 4: return .string(text(&random))
        case 5: return .array((0..<random.below(5)).map { _ in value(depth: depth + 1, &random) })
        default:
            return .object(
                (0..<random.below(5)).map {
                    JSONMember(name: "\($0)\(text(&random))", value: value(depth: depth + 1, &random))
                })
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "/", "\0", "\n", "\u{7F}", "é", "\u{FFFF}", "😀", "\u{10FFFF}",
        ]
        return String(
            String.UnicodeScalarView((0..<random.below(12)).map { _ in scalars[random.below(scalars.count)] }))
    }
}
