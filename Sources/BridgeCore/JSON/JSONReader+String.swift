extension JSONReader {
    /// Reads a string and returns the place of its content, between the quotes.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func string() throws(JSONError) -> JSONText {
        guard let text = try stringIfNext() else { throw JSONError(.unexpectedCharacter, at: position) }
        return text
    }

    /// Reads a string where one comes next; `nil`, nothing read, where something else does.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func stringIfNext() throws(JSONError) -> JSONText? {
        skipSpace()
        guard try current() == UInt8(ascii: "\"") else { return nil }
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            skipPlainCharacters()
            switch try current() {
            case UInt8(ascii: "\""):
                position += 1
                return JSONText(range: start..<position - 1, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try skipEscape()
            case 0x80...: try skipMultibyteScalar()
            default: throw JSONError(.controlCharacter, at: position)
            }
        }
    }

    /// Moves on to the next character that needs a look: a quote, a backslash, a control or a byte above ASCII.
    @usableFromInline
    @_lifetime(self: copy self)
    mutating func skipPlainCharacters() {
        var index = position
        // Eight bytes at a time. In each byte of a mask the high bit says that the byte is a match; a borrow can make
        // false matches above a true one only, and the lowest is the one that counts.
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x8080_8080_8080_8080
        while index + 8 <= end {
            let word = unsafe bytes.bytes
                .unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self).littleEndian
            let quotes = word ^ ones &* UInt64(UInt8(ascii: "\""))
            let backslashes = word ^ ones &* UInt64(UInt8(ascii: "\\"))
            let matches =
                ((quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
                    | (word &- ones &* 0x20) & ~word | word) & highBits
            if matches != 0 {
                position = index + matches.trailingZeroBitCount / 8
                return
            }
            index += 8
        }
        while index < end {
            let byte = unsafe bytes[unchecked: index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || !(0x20..<0x80).contains(byte) { break }
            index += 1
        }
        position = index
    }

    /// Checks one escape sequence (RFC 8259 §7); a `\u` escape of a surrogate has to be one half of a pair.
    @usableFromInline
    @_lifetime(self: copy self)
    mutating func skipEscape() throws(JSONError) {
        let start = position
        position += 1
        switch try current() {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            let unit = try hexadecimalUnit(escapeAt: start)
            if (0xDC00...0xDFFF).contains(unit) { throw JSONError(.loneSurrogate, at: start) }
            guard (0xD800...0xDBFF).contains(unit) else { return }
            guard position + 1 < end, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
            else { throw JSONError(.loneSurrogate, at: start) }
            position += 2
            guard (0xDC00...0xDFFF).contains(try hexadecimalUnit(escapeAt: start)) else {
                throw JSONError(.loneSurrogate, at: start)
            }
        default: throw JSONError(.invalidEscape, at: start)
        }
    }

    @_lifetime(self: copy self)
    private mutating func hexadecimalUnit(escapeAt start: Int) throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Hex.value(of: try current()) else { throw JSONError(.invalidEscape, at: start) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    /// Checks one scalar of two to four bytes against the table of RFC 3629 §4.
    @usableFromInline
    @_lifetime(self: copy self)
    mutating func skipMultibyteScalar() throws(JSONError) {
        let start = position
        let following: Int
        let second: ClosedRange<UInt8>
        switch bytes[position] {
        case 0xC2...0xDF: (following, second) = (1, 0x80...0xBF)
        case 0xE0: (following, second) = (2, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (following, second) = (2, 0x80...0xBF)
        case 0xED: (following, second) = (2, 0x80...0x9F)
        case 0xF0: (following, second) = (3, 0x90...0xBF)
        case 0xF1...0xF3: (following, second) = (3, 0x80...0xBF)
        case 0xF4: (following, second) = (3, 0x80...0x8F)
        default: throw JSONError(.invalidUTF8, at: start)
        }
        guard position + following < end, second.contains(bytes[position + 1]) else {
            throw JSONError(.invalidUTF8, at: start)
        }
        position += 2
        for _ in 1..<following {
            guard (0x80...0xBF).contains(bytes[position]) else { throw JSONError(.invalidUTF8, at: start) }
            position += 1
        }
    }
}
