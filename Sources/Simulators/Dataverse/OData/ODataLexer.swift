import BridgeCore

/// The words of a `$filter` (OData 4.0, part 2, §5.1.1): the part of the grammar that is known here.
struct ODataLexer {
    enum Token: Hashable {
        /// A name, a path of names, a keyword, `null`, `true`, `false`.
        case word(String)
        case literal(ODataValue)
        case open, close, comma, colon
        case end
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// All words, with their end; a space is required around operators because words end there.
    static func tokens(of text: String) throws(DataverseError) -> [Token] {
        var lexer = ODataLexer(text)
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last != .end
        return tokens
    }

    private mutating func next() throws(DataverseError) -> Token {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") { position += 1 }
        guard position < bytes.count else { return .end }
        switch bytes[position] {
        case UInt8(ascii: "("): return take(.open)
        case UInt8(ascii: ")"): return take(.close)
        case UInt8(ascii: ","): return take(.comma)
        case UInt8(ascii: ":"): return take(.colon)
        case UInt8(ascii: "'"): return .literal(.text(try quoted()))
        default: return try word()
        }
    }

    private mutating func take(_ token: Token) -> Token {
        position += 1
        return token
    }

    /// A string in single quotes, which are doubled inside.
    private mutating func quoted() throws(DataverseError) -> String {
        var text: [UInt8] = []
        position += 1
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "'") {
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "'") else {
                    position += 1
                    return String(decoding: text, as: UTF8.self)
                }
                position += 1
            }
            text.append(bytes[position])
            position += 1
        }
        throw .query("There is an unterminated string literal at position \(bytes.count) in '\(source)'.")
    }

    private mutating func word() throws(DataverseError) -> Token {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position], at: position - start) { position += 1 }
        guard position > start else { throw .query("Syntax error at position \(position) in '\(source)'.") }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if let value = Self.literal(text) { return .literal(value) }
        guard let first = text.utf8.first, !(0x30...0x39).contains(first), first != UInt8(ascii: "-") else {
            throw .query("Unrecognized literal '\(text)' in '\(source)'.")
        }
        return .word(text)
    }

    private static func isWord(_ byte: UInt8, at offset: Int) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        // A colon belongs to a time alone: behind `2026-01-01T08`.
        case UInt8(ascii: ":"): offset >= 13
        default: "_-./+$".utf8.contains(byte)
        }
    }

    private static func literal(_ text: String) -> ODataValue? {
        switch text {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default: break
        }
        if let guid = GUID(text) { return .guid(guid) }
        if let number = Int64(text), !text.hasPrefix("+") { return .integer(number) }
        return Timestamp(rfc3339: text).map { .time($0) }
    }

    private var source: String { String(decoding: bytes, as: UTF8.self) }
}
