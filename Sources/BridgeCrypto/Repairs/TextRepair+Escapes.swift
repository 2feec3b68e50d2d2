extension TextRepair {
    /// Backslashes with a letter in place of line ends, as environment variables, JSON and source code have them:
    /// `\n`, `\r\n`, `\t`, `\/`, `\"`, `\u003D`; also several backslashes, where it was quoted more than once, and one
    /// at the end of a line, which joins it to the next.
    static let escapes = TextRepair(words: "backslash escapes such as \\n were resolved") { bytes in
        guard bytes.contains(UInt8(ascii: "\\")) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard bytes[place] == UInt8(ascii: "\\") else {
                output.append(bytes[place])
                place += 1
                continue
            }
            var next = place
            while next < bytes.count, bytes[next] == UInt8(ascii: "\\") { next += 1 }
            if let (character, length) = meaning(bytes, at: next) {
                output.append(character)
                next += length
            } else {
                output.append(contentsOf: bytes[place..<next])
            }
            place = next
        }
        return output == bytes ? nil : output
    }

    /// What backslashes and the bytes from `place` on stand for, and how many of these belong to it.
    private static func meaning(_ bytes: [UInt8], at place: Int) -> (character: UInt8, length: Int)? {
        guard place < bytes.count else { return nil }
        switch bytes[place] {
        case UInt8(ascii: "n"): return (UInt8(ascii: "\n"), 1)
        case UInt8(ascii: "r"): return (UInt8(ascii: "\r"), 1)
        case UInt8(ascii: "t"): return (UInt8(ascii: "\t"), 1)
        case UInt8(ascii: "/"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            return (bytes[place], 1)
        case UInt8(ascii: "u"):
            let digits = bytes[place...].dropFirst().prefix(4).compactMap(hexadecimal)
            guard digits.count == 4, digits[0] == 0, digits[1] == 0, digits[2] < 8 else { return nil }
            return (digits[2] << 4 | digits[3], 5)
        default: return nil
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
