/// HTML that is put together piece by piece; texts are escaped, tags are written in code.
struct HTMLText {
    private(set) var bytes: [UInt8] = []

    /// Adds markup as it stands in code.
    mutating func markup(_ markup: StaticString) {
        markup.withUTF8Buffer { unsafe bytes += $0 }
    }

    /// Adds a text; `&`, `<`, `>` and both quotation marks are written as references, so that it may stand in an attribute.
    mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
    }

    /// Adds a text between an opening and a closing tag.
    mutating func element(_ open: StaticString, _ text: String, _ close: StaticString) {
        markup(open)
        self.text(text)
        markup(close)
    }
}
