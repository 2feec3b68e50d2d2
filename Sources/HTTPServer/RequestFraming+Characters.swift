import Glibc
import HTTPMessage

// Characters.
extension RequestFraming {
    /// The index of the colon after a name that is a token.
    static func endOfName(_ line: Span<UInt8>) throws(Refusal) -> Int {
        var index = 0
        while index < line.count, HTTPToken.contains(line[index]) { index += 1 }
        guard index > 0, index < line.count, line[index] == UInt8(ascii: ":") else {
            throw .malformed("a header field has no name, or a name that is not a token")
        }
        return index
    }

    static func checkValue(_ line: Span<UInt8>, from start: Int) throws(Refusal) {
        var index = start
        while index < line.count {
            let byte = line[index]
            guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
                throw .malformed("a header field holds a control character")
            }
            index += 1
        }
    }

    @_lifetime(copy text)
    static func trim(_ text: Span<UInt8>) -> Span<UInt8> {
        var start = 0
        var end = text.count
        while start < end, text[start] == 0x20 || text[start] == 0x09 { start += 1 }
        while end > start, text[end - 1] == 0x20 || text[end - 1] == 0x09 { end -= 1 }
        return text.extracting(start..<end)
    }

    static func index(of byte: UInt8, in text: Span<UInt8>) -> Int? {
        text.withUnsafeBytes { raw in
            guard let base = raw.baseAddress, let found = memchr(base, CInt(byte), raw.count) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    /// Whether `text` is exactly `other`.
    static func equals(_ text: Span<UInt8>, _ other: StaticString) -> Bool {
        guard text.count == other.utf8CodeUnitCount else { return false }
        for index in text.indices where text[index] != other.utf8Start[index] { return false }
        return true
    }

    /// Whether `text` is `other`, which is in lower case, in any case.
    static func matches(_ text: Span<UInt8>, _ other: StaticString) -> Bool {
        guard text.count == other.utf8CodeUnitCount else { return false }
        for index in text.indices where HTTPToken.lowercase(text[index]) != other.utf8Start[index] { return false }
        return true
    }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
