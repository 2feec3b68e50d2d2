/// Base64url without padding (RFC 4648 §5, RFC 7515 §2), strict: one text for each sequence of bytes and no other.
public enum Base64URL {
    /// How many bytes `characters` encode, or `nil` where no such length exists.
    @inlinable
    public static func decodedCount(ofCharacters characters: Int) -> Int? {
        characters & 3 == 1 ? nil : characters / 4 * 3 + max(0, (characters & 3) - 1)
    }

    /// Appends what `text[range]` encodes to `output`, which needs `decodedCount` bytes of free capacity.
    ///
    /// - Returns: `false` for a character outside the alphabet (padding included), an impossible length, or unused
    ///   bits that are not zero; `output` may then hold a part.
    public static func decode(
        _ text: borrowing Span<UInt8>, _ range: Range<Int>, into output: inout OutputSpan<UInt8>
    ) -> Bool {
        guard let needed = decodedCount(ofCharacters: range.count), output.freeCapacity >= needed,
            range.lowerBound >= 0, range.upperBound <= text.count
        else { return false }
        let table = sextets
        var index = range.lowerBound
        let wholeGroups = range.lowerBound + range.count / 4 * 4
        var invalid: UInt8 = 0
        while index < wholeGroups {
            let a = table[Int(text[index])]
            let b = table[Int(text[index + 1])]
            let c = table[Int(text[index + 2])]
            let d = table[Int(text[index + 3])]
            invalid |= a | b | c | d
            output.append(a << 2 | b >> 4)
            output.append(b << 4 | c >> 2)
            output.append(c << 6 | d)
            index += 4
        }
        switch range.count & 3 {
        case 2:
            let (a, b) = (table[Int(text[index])], table[Int(text[index + 1])])
            invalid |= a | b
            if b & 0x0F != 0 { return false }
            output.append(a << 2 | b >> 4)
        case 3:
            let (a, b, c) = (table[Int(text[index])], table[Int(text[index + 1])], table[Int(text[index + 2])])
            invalid |= a | b | c
            if c & 0x03 != 0 { return false }
            output.append(a << 2 | b >> 4)
            output.append(b << 4 | c >> 2)
        default: break
        }
        return invalid & 0xC0 == 0
    }

    /// The bytes that `text` encodes, or `nil` as for `decode(_:_:into:)`.
    public static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        let characters = Array(text)
        guard let count = decodedCount(ofCharacters: characters.count) else { return nil }
        var valid = false
        let bytes = [UInt8](capacity: count) { output in
            valid = decode(characters.span, 0..<characters.count, into: &output)
        }
        return valid ? bytes : nil
    }

    /// Appends the text of `bytes` to `output`.
    public static func encode(_ bytes: borrowing Span<UInt8>, appendingTo output: inout [UInt8]) {
        Base64Alphabet.urlSafe.encode(bytes, padding: false, appendingTo: &output)
    }

    /// The text of `bytes`.
    public static func encode(_ bytes: [UInt8]) -> String {
        var characters: [UInt8] = []
        encode(bytes.span, appendingTo: &characters)
        return String(decoding: characters, as: UTF8.self)
    }

    /// The six bits of each character; both high bits set where it is none of the alphabet.
    private static let sextets: InlineArray<256, UInt8> = Base64Alphabet.urlSafe.sextets
}
