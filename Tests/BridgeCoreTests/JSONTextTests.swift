import BridgeCore
import Testing

@Suite("A JSON string")
struct JSONTextTests {
    static let escapes: [(String, String)] = [
        (#""""#, ""), (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"), (#""\u0000""#, "\0"),
        (#""\u0041\u00e9\u5F20""#, "Aé张"), (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00""#, "\u{10000}"),
        (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\ud7ff\ue000\uffff""#, "\u{D7FF}\u{E000}\u{FFFF}"),
        (#""plain é 张 😀 text that is longer than a word""#, "plain é 张 😀 text that is longer than a word"),
        (#""\u005cu0041""#, #"\u0041"#),
    ]

    @Test("is read with its escapes resolved", arguments: escapes)
    func unescapes(_ json: String, _ text: String) throws {
        let value = try JSONValue(parsing: json.utf8)
        #expect(value.stringValue.map { Array($0.utf8) } == Array(text.utf8))
        let bytes = Array(json.utf8)
        var reader = JSONReader(bytes.span)
        let place = try reader.string()
        let (isEqual, isLonger) = (
            place.equals(text.utf8.span, in: bytes.span), place.equals((text + "x").utf8.span, in: bytes.span)
        )
        #expect(isEqual && !isLonger)
        #expect(place.hasEscapes == json.contains("\\"))
    }

    static let surrogates: [JSONSample] = [
        #""\ud800""#, #""\udbff""#, #""\udc00""#, #""\udfff""#, #""\ud800a""#, #""\ud800\n""#, #""\ud800\u0041""#,
        #""\ud800\ud800""#, #""\ude00\ud83d""#, #""\ud83d\ude00\ude00""#, #""\ud83dx\ude00""#, #""\ud83d\\ude00""#,
    ].map { JSONSample($0, .loneSurrogate) }

    @Test("holds surrogates in pairs only", arguments: surrogates)
    func lone(_ sample: JSONSample) {
        #expect(sample.outcomes == [.loneSurrogate, .loneSurrogate])
    }

    /// The table of RFC 3629 §4: the first and last of each row, and their neighbours on the wrong side.
    static let invalidUTF8: [[UInt8]] = [
        [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC2], [0xC2, 0x7F], [0xC2, 0xC0], [0xDF, 0x22],
        [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xE0, 0xA0], [0xE1, 0x80, 0x7F], [0xE1, 0xC0, 0x80], [0xEF, 0xBF],
        [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA1, 0x8C, 0xED, 0xBE, 0xB4],
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x90, 0x80], [0xF1, 0x80, 0x80, 0xC0],
        [0xF4, 0x90, 0x80, 0x80], [0xF4, 0xBF, 0xBF, 0xBF], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80],
        [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE], [0xFF],
    ]

    @Test("is refused where it is not UTF-8, wherever the bytes stand", arguments: invalidUTF8)
    func invalid(_ bytes: [UInt8]) {
        for before in 0..<10 {
            let plain = [UInt8](repeating: UInt8(ascii: "a"), count: before)
            for after in [[], plain] {
                let sample = JSONSample([0x22] + plain + bytes + after + [0x22])
                #expect(sample.outcomes == [.invalidUTF8, .invalidUTF8], "\(before) before, \(after.count) after")
            }
        }
    }

    static let validUTF8: [[UInt8]] = [
        [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
        [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF],
    ]

    @Test("is accepted up to the borders of UTF-8, wherever the bytes stand", arguments: validUTF8)
    func valid(_ bytes: [UInt8]) throws {
        for before in 0..<10 {
            let content = [UInt8](repeating: UInt8(ascii: "a"), count: before) + bytes
            let value = try JSONValue(parsing: [0x22] + content + [0x22])
            #expect(value.stringValue.map { Array($0.utf8) } == content)
        }
    }

    @Test("agrees with the standard library on every sequence of two bytes, and on three and four after a lead")
    func exhaustive() {
        var differences: [[UInt8]] = []
        func compare(_ bytes: [UInt8]) {
            let isText = !bytes.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            if isText, (JSONSample([0x22] + bytes + [0x22]).outcomes[1] == nil) != isValid { differences.append(bytes) }
        }
        let edges: [UInt8] = [0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF]
        for lead in UInt8(0x80)...0xFF {
            for second in edges {
                compare([lead, second])
                for third in edges {
                    compare([lead, second, third])
                    if lead >= 0xEF { for fourth in edges { compare([lead, second, third, fourth]) } }
                }
            }
        }
        #expect(differences.isEmpty)
    }

    @Test("ends at the first quote, backslash or control, at every place in a word of eight bytes")
    func stops() throws {
        for before in 0..<24 {
            for after in [0, 1, 7, 8, 9] {
                let (left, right) = (String(repeating: "a", count: before), String(repeating: "b", count: after))
                #expect(try JSONValue(parsing: "\"\(left)\\n\(right)\"".utf8) == .string("\(left)\n\(right)"))
                #expect(JSONSample("\"\(left)\u{1F}\(right)\"").outcomes[0] == .controlCharacter)
                #expect(JSONSample("\"\(left)\"\(right)\"").outcomes[0] != nil)
                #expect(try JSONValue(parsing: "\"\(left) !#[]~\(right)\"".utf8) == .string("\(left) !#[]~\(right)"))
            }
        }
    }
}
