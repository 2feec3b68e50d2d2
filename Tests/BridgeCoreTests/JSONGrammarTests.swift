import BridgeCore
import Testing

/// One JSON text and what becomes of it.
struct JSONSample: Sendable, CustomTestStringConvertible {
    let text: [UInt8]
    /// `nil` where the text is accepted.
    let kind: JSONError.Kind?

    init(_ text: String, _ kind: JSONError.Kind? = nil) {
        self.init(Array(text.utf8), kind)
    }

    init(_ text: [UInt8], _ kind: JSONError.Kind? = nil) {
        (self.text, self.kind) = (text, kind)
    }

    var testDescription: String {
        let shown = String(decoding: text.prefix(48), as: UTF8.self)
        return shown.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
    }

    /// What the tree, and the reader that only walks, say; both have to agree.
    var outcomes: [JSONError.Kind?] { errors.map { $0?.kind } }

    /// The same with the places.
    var errors: [JSONError?] {
        [error { () throws(JSONError) in _ = try JSONValue(parsing: text) }, error(walk)]
    }

    private func walk() throws(JSONError) {
        var reader = JSONReader(text.span)
        _ = try reader.skipValue()
        try reader.finish()
    }

    private func error(_ read: () throws(JSONError) -> Void) -> JSONError? {
        do throws(JSONError) {
            try read()
            return nil
        } catch {
            return error
        }
    }
}

@Suite("A JSON text")
struct JSONGrammarTests {
    static let accepted: [JSONSample] = [
        "null", "true", "false", "0", "-0", "-1", "42", #""""#, #""a""#, "[]", "{}", "[ ]", "{ }", "[1]", "[1,2]",
        "[[]]", #"{"a":1}"#, #"{"a":{"a":{"a":1}}}"#, #"{"":0}"#, " \t\r\n1 \t\r\n", #" { "a" : [ 1 , "b" ] } "#,
        #"{"a":null,"b":true,"c":false,"d":0,"e":"","f":[],"g":{}}"#, #"["\"\\\/\b\f\n\r\t\u0041"]"#,
        "[\"\u{7F}\"]", "[\"\u{2028}\u{FEFF}\"]", #"["/"]"#, #"{"A":1,"a":2}"#, #"{"a":1,"a ":2}"#,
        "1.5", "1e3", "1E3", "1e+3", "1e-3", "0.0", "0e0", "-0.0e-0", "123456789012345", "1234567890123456789012345",
    ].map { JSONSample($0) }

    static let rejected: [JSONSample] = [
        JSONSample("", .unexpectedEnd), JSONSample("  ", .unexpectedEnd), JSONSample("[", .unexpectedEnd),
        JSONSample("{", .unexpectedEnd), JSONSample("[1", .unexpectedEnd), JSONSample("[1,", .unexpectedEnd),
        JSONSample(#"{"a""#, .unexpectedEnd), JSONSample(#"{"a":"#, .unexpectedEnd),
        JSONSample(#"{"a":1"#, .unexpectedEnd), JSONSample(#"{"a":1,"#, .unexpectedEnd),
        JSONSample(#"""#, .unexpectedEnd), JSONSample(#""a"#, .unexpectedEnd), JSONSample(#""\"#, .unexpectedEnd),
        JSONSample(#""\u00"#, .unexpectedEnd), JSONSample("nul", .unexpectedEnd), JSONSample("tru", .unexpectedEnd),
        JSONSample("-", .unexpectedEnd),
        JSONSample("[1,]", .unexpectedCharacter), JSONSample("[,1]", .unexpectedCharacter),
        JSONSample("[1 2]", .unexpectedCharacter), JSONSample("[1}", .unexpectedCharacter),
        JSONSample("{]", .unexpectedCharacter), JSONSample("{,}", .unexpectedCharacter),
        JSONSample(#"{"a":1,}"#, .unexpectedCharacter), JSONSample(#"{"a" 1}"#, .unexpectedCharacter),
        JSONSample(#"{"a",1}"#, .unexpectedCharacter), JSONSample("{1:1}", .unexpectedCharacter),
        JSONSample("{a:1}", .unexpectedCharacter), JSONSample("{'a':1}", .unexpectedCharacter),
        JSONSample(#"{"a":1 "b":2}"#, .unexpectedCharacter), JSONSample(#"{"a":}"#, .unexpectedCharacter),
        JSONSample("nULL", .unexpectedCharacter), JSONSample("True", .unexpectedCharacter),
        JSONSample("NaN", .unexpectedCharacter), JSONSample("Infinity", .unexpectedCharacter),
        JSONSample("undefined", .unexpectedCharacter), JSONSample("/**/1", .unexpectedCharacter),
        JSONSample("\u{FEFF}1", .unexpectedCharacter), JSONSample("\u{A0}1", .unexpectedCharacter),
        JSONSample("\u{0B}1", .unexpectedCharacter), JSONSample("\u{0C}1", .unexpectedCharacter),
        JSONSample("\0", .unexpectedCharacter), JSONSample("]", .unexpectedCharacter),
        JSONSample("1 2", .trailingCharacters), JSONSample("{}{}", .trailingCharacters),
        JSONSample("[]]", .trailingCharacters), JSONSample("null\0", .trailingCharacters),
        JSONSample("nulll", .trailingCharacters), JSONSample("1a", .trailingCharacters),
        JSONSample("{}//", .trailingCharacters), JSONSample(#""a"b"#, .trailingCharacters),
        JSONSample("0x10", .trailingCharacters), JSONSample("1_000", .trailingCharacters),
        JSONSample("\"\n\"", .controlCharacter), JSONSample("\"\0\"", .controlCharacter),
        JSONSample("\"\u{1F}\"", .controlCharacter), JSONSample("\"abcdefgh\t\"", .controlCharacter),
        JSONSample(#""\a""#, .invalidEscape), JSONSample(#""\0""#, .invalidEscape),
        JSONSample(#""\x41""#, .invalidEscape),
        JSONSample(#""\'""#, .invalidEscape), JSONSample(#""\U0041""#, .invalidEscape),
        JSONSample(#""\u004g""#, .invalidEscape), JSONSample(#""\u 041""#, .invalidEscape),
        JSONSample(#""\u004""#, .invalidEscape), JSONSample("\"\\\n\"", .invalidEscape),
    ]

    @Test("is accepted when RFC 8259 allows it", arguments: accepted)
    func accepts(_ sample: JSONSample) {
        #expect(sample.outcomes == [nil, nil])
    }

    @Test("is refused for the rule it breaks", arguments: rejected)
    func refuses(_ sample: JSONSample) {
        #expect(sample.outcomes == [sample.kind, sample.kind])
    }

    @Test("is refused at the byte where the rule is broken")
    func place() {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: #"{"a": [1, x]}"#.utf8) }
        #expect(error?.offset == 10)
        #expect(error?.description == "unexpected character at byte 10")
    }

    @Test("may nest as deeply as allowed and no deeper", arguments: [1, 2, 8, 32])
    func depth(_ limit: Int) throws {
        for (open, close, inner) in [("[", "]", ""), (#"{"a":"#, "}", "1")] {
            let text = { (count: Int) in
                String(repeating: open, count: count) + inner + String(repeating: close, count: count)
            }
            #expect(throws: Never.self) { try JSONValue(parsing: text(limit).utf8, maximumDepth: limit) }
            #expect(throws: Never.self) { try Self.walk(text(limit), maximumDepth: limit) }
            let tree = #expect(throws: JSONError.self) {
                try JSONValue(parsing: text(limit + 1).utf8, maximumDepth: limit)
            }
            let walk = #expect(throws: JSONError.self) { try Self.walk(text(limit + 1), maximumDepth: limit) }
            #expect([tree?.kind, walk?.kind] == [.tooDeep, .tooDeep])
            #expect(tree?.offset == open.utf8.count * limit)
        }
    }

    @Test("cut off after any byte is refused and never traps")
    func truncation() {
        let text = #" {"a\u0041\ud83d\ude00":[1.5e-3,-0,true,false,null,"\n é張😀 \"\\"],"b":{"c":{}}} "#
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count - 1 {
            let sample = JSONSample(Array(bytes[..<count]))
            #expect(sample.outcomes[0] != nil, "cut after \(count) bytes")
            #expect(sample.outcomes[0] == sample.outcomes[1], "cut after \(count) bytes")
        }
        #expect(JSONSample(bytes).outcomes == [nil, nil])
    }

    @Test("within a longer text ends at the end of its range")
    func range() throws {
        let bytes = Array(#"xx{"a":12}34"#.utf8)
        var reader = JSONReader(bytes.span, in: 2..<10)
        #expect(try reader.skipValue() == 2..<10)
        #expect(throws: Never.self) { try reader.finish() }
        var number = JSONReader(bytes.span, in: 7..<8)
        #expect(try number.number() == .integer(1))
        var word = JSONReader(Array("true".utf8).span, in: 0..<3)
        #expect(throws: JSONError.self) { try word.bool() }
    }

    private static func walk(_ text: String, maximumDepth: Int) throws(JSONError) {
        var reader = JSONReader(Array(text.utf8).span, maximumDepth: maximumDepth)
        _ = try reader.skipValue()
    }
}
