import HTTPMessage

/// Puts a response together from header lines and pieces of the body, within limits.
struct ResponseCollector {
    /// What was too large.
    enum Excess {
        case head
        case body
    }

    /// The most bytes of all header lines together, those of interim responses and trailers included.
    static let headLimit = 64 << 10
    /// The most header fields.
    static let fieldLimit = 256

    private let bodyLimit: Int
    private var headBytes = 0
    private(set) var fields: HTTPFields = []
    private(set) var body: [UInt8] = []
    private(set) var excess: Excess?
    /// Whether the empty line after the fields of the last status line has come.
    private(set) var hasWholeHead = false

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// How many bytes have come.
    var byteCount: Int { headBytes + body.count }

    /// Takes a status line, a field, or the empty line; `false` when it is too much.
    mutating func take(line: Span<UInt8>) -> Bool {
        headBytes += line.count
        guard headBytes <= Self.headLimit, fields.list.count < Self.fieldLimit else {
            excess = .head
            return false
        }
        if Self.isStatusLine(line) {
            fields = []  // of an interim response (1xx), if any
            hasWholeHead = false
        } else if line.count <= 2 {
            hasWholeHead = true
        } else if body.isEmpty, let field = Self.field(line) {
            fields.append(field.name, field.value)
        }
        return true
    }

    /// Takes the next bytes of the body; `false` when it is too much.
    mutating func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count <= bodyLimit - body.count else {
            excess = .body
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    private static func isStatusLine(_ line: Span<UInt8>) -> Bool {
        line.count > 5 && line[0] == UInt8(ascii: "H") && line[1] == UInt8(ascii: "T") && line[2] == UInt8(ascii: "T")
            && line[3] == UInt8(ascii: "P") && line[4] == UInt8(ascii: "/")
    }

    /// `nil` for what is no field: the empty line, and lines that a strict reader would refuse.
    private static func field(_ line: Span<UInt8>) -> HTTPField? {
        let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        guard let colon = text.firstIndex(of: ":"), let name = HTTPFieldName(String(text[..<colon])) else { return nil }
        var value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        while let last = value.last, last == " " || last == "\t" || last.isNewline { value.removeLast() }
        return HTTPField(name, HTTPFieldValue(replacingIllegalIn: String(value)))
    }
}
