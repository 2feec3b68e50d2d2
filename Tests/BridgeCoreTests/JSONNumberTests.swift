import BridgeCore
import Testing

@Suite("A JSON number")
struct JSONNumberTests {
    static let read: [(String, JSONNumber)] = [
        ("0", .integer(0)), ("-0", .integer(0)), ("7", .integer(7)), ("-12", .integer(-12)),
        ("1800000000", .integer(1_800_000_000)), ("999999999999999", .integer(999_999_999_999_999)),
        ("1000000000000000", .integer(1_000_000_000_000_000)),
        ("9007199254740991", .integer(9_007_199_254_740_991)), ("-9007199254740991", .integer(-9_007_199_254_740_991)),
        ("9007199254740992", .fraction(0x1p53)), ("-9007199254740992", .fraction(-0x1p53)),
        ("9223372036854775807", .fraction(0x1p63)), ("18446744073709551616", .fraction(0x1p64)),
        ("1.0", .fraction(1)), ("1e0", .fraction(1)), ("-0.0", .fraction(0)), ("0.5", .fraction(0.5)),
        ("1.80000089e9", .fraction(1_800_000_890)), ("12e-1", .fraction(1.2)), ("0e5", .fraction(0)),
        ("1e308", .fraction(1e308)), ("5e-324", .fraction(.leastNonzeroMagnitude)), ("1e-999", .fraction(0)),
        ("1.7976931348623157e308", .fraction(.greatestFiniteMagnitude)),
    ]

    @Test("has the value every interoperable reader gives it", arguments: read)
    func values(_ text: String, _ number: JSONNumber) throws {
        #expect(try JSONValue(parsing: text.utf8) == .number(number))
        #expect(try JSONValue(parsing: "[\(text),1]".utf8) == .array([.number(number), .number(.integer(1))]))
    }

    static let refused: [JSONSample] =
        [
            "01", "-01", "00", "0123456789012345678", "1.", "-1.", "1.e3", "1e", "1e+", "1E-", "1e1.5", "1.5.5", "1-",
            "1+1",
            "--1", "-+1", "1ee1", "-.5", "-a",
        ].map { JSONSample($0, .invalidNumber) } + [
            JSONSample(".5", .unexpectedCharacter), JSONSample("+1", .unexpectedCharacter),
            JSONSample("1e999", .numberOutOfRange), JSONSample("-1e999", .numberOutOfRange),
            JSONSample(String(repeating: "9", count: 400), .numberOutOfRange), JSONSample("1.8e308", .numberOutOfRange),
        ]

    @Test("is refused outside the grammar, and where it would be infinite", arguments: refused)
    func refuses(_ sample: JSONSample) {
        #expect(sample.outcomes == [sample.kind, sample.kind])
    }

    @Test("may have any number of digits")
    func long() throws {
        for count in 1...40 {
            let digits = String(repeating: "1", count: count)
            let expected: JSONNumber =
                Int64(digits).flatMap { $0 < 1 << 53 ? .integer($0) : nil } ?? .fraction(Double(digits) ?? .nan)
            #expect(try JSONValue(parsing: digits.utf8) == .number(expected))
        }
    }
}
