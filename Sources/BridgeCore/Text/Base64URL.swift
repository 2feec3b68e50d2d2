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
        // The guard has settled all bounds; checking each of a token's bytes again would double the cost.
        return unsafe text.withUnsafeBufferPointer { text in
            unsafe placed.withUnsafeBufferPointer { placed in
                unsafe output.withUnsafeMutableBufferPointer { buffer, initialized in
                    defer { initialized += needed }
                    let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[initialized...])
                    return unsafe decode(text, range, with: placed, into: free)
                }
            }
        }
    }

    @unsafe
    private static func decode(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, with placed: UnsafeBufferPointer<UInt32>,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        let bytes = UnsafeMutableRawBufferPointer(output)
        var (index, written) = (range.lowerBound, 0)
        var all: UInt32 = 0
        // Stores four bytes for three: the next group overwrites the fourth, so the last one is left to the tail.
        while index + 4 < range.upperBound {
            let (a, b) = unsafe (placed[Int(text[index])], placed[256 + Int(text[index + 1])])
            let (c, d) = unsafe (placed[512 + Int(text[index + 2])], placed[768 + Int(text[index + 3])])
            let word = a | b | c | d
            all |= word
            unsafe bytes.storeBytes(of: word.littleEndian, toByteOffset: written, as: UInt32.self)
            index += 4
            written += 3
        }
        var word: UInt32 = 0
        for position in index..<range.upperBound {
            word |= unsafe placed[(position - index) << 8 + Int(text[position])]
        }
        for _ in 0..<max(0, range.upperBound - index - 1) {
            unsafe output[written] = UInt8(truncatingIfNeeded: word)
            word = word & 0xFF00_0000 | (word & 0x00FF_FFFF) >> 8
            written += 1
        }
        // Bits that reach no byte have to be zero, and nothing may have been outside the alphabet.
        return (all | word) & 0xFF00_0000 == 0 && word == 0
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

    /// For each of the four places in a group, and each character: its six bits where they belong in the three bytes
    /// of the group (first byte lowest), or `0xFF000000` where it is none of the alphabet.
    private static let placed: [UInt32] = (0..<4).flatMap { place in
        Base64Alphabet.urlSafe.sextets.map { sextet in
            guard sextet < 64 else { return 0xFF00_0000 }
            let bits = UInt32(sextet) << UInt32(18 - 6 * place)
            return bits >> 16 | bits & 0xFF00 | (bits & 0xFF) << 16
        }
    }
}
