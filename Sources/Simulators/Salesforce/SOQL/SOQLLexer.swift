/// The words and signs of a query.
enum SOQLToken: Sendable, Hashable {
    /// A name with dots, a keyword, a number, a date-time.
    case word(String)
    /// The text between quotes, with its escapes undone; of `LIKE` the escapes of `%` and `_` are kept.
    case text(String)
    case sign(String)

    /// As errors show it.
    var shown: String {
        switch self {
        case .word(let text), .sign(let text): text
        case .text(let text): "'\(text)'"
        }
    }
}

/// Takes a query apart (SOQL and SOSL reference).
enum SOQLLexer {
    /// - Throws: `MALFORMED_QUERY`.
    static func tokens(_ text: String) throws(SalesforceAPIError) -> [SOQLToken] {
        var tokens: [SOQLToken] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): rest.removeFirst()
            case UInt8(ascii: "'"): tokens.append(.text(try quoted(&rest)))
            case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","):
                rest.removeFirst()
                tokens.append(.sign(String(UnicodeScalar(byte))))
            case UInt8(ascii: "="), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"):
                tokens.append(.sign(try comparison(&rest)))
            case _ where isWordByte(byte):
                let word = rest.prefix(while: isWordByte)
                rest = rest.dropFirst(word.count)
                tokens.append(.word(String(decoding: word, as: UTF8.self)))
            default: throw .malformed("line 1: unexpected character '\(UnicodeScalar(byte))'")
            }
        }
        return tokens
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_.:+-".utf8.contains(byte)
        }
    }

    private static func comparison(_ rest: inout ArraySlice<UInt8>) throws(SalesforceAPIError) -> String {
        let two = String(decoding: rest.prefix(2), as: UTF8.self)
        if ["!=", "<=", ">=", "<>"].contains(two) {
            rest.removeFirst(2)
            return two == "<>" ? "!=" : two
        }
        let one = String(UnicodeScalar(rest.removeFirst()))
        guard one != "!" else { throw .malformed("unexpected token: '!'") }
        return one
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) throws(SalesforceAPIError) -> String {
        rest.removeFirst()
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "'"):
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw .malformed("a string literal is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): bytes += try escaped(rest.popFirst())
            default: bytes.append(byte)
            }
        }
        throw .malformed("line 1: string literal without its end")
    }

    private static func escaped(_ byte: UInt8?) throws(SalesforceAPIError) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"): [byte ?? 0]
        case UInt8(ascii: "n"), UInt8(ascii: "N"): [0x0A]
        case UInt8(ascii: "r"), UInt8(ascii: "R"): [0x0D]
        case UInt8(ascii: "t"), UInt8(ascii: "T"): [0x09]
        case UInt8(ascii: "%"), UInt8(ascii: "_"): [UInt8(ascii: "\\"), byte ?? 0]
        default: throw .malformed("Invalid string literal. Illegal character sequence in string literal.")
        }
    }
}
