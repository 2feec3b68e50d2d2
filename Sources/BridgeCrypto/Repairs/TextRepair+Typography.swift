extension TextRepair {
    /// What word processors and chats make of hyphens, spaces and quotation marks: dashes, spaces that do not break,
    /// curly quotes, characters without width.
    static let typography = TextRepair(words: "typographic dashes, spaces and quotes were made plain ones") { bytes in
        guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var (place, isChanged) = (0, false)
        while place < bytes.count {
            let (plain, length) = plainText(bytes, at: place)
            if let plain {
                output.append(contentsOf: plain)
                isChanged = true
            } else {
                output.append(contentsOf: bytes[place..<place + length])
            }
            place += length
        }
        return isChanged ? output : nil
    }

    /// The ASCII that stands for the character at `place`, `nil` where it is to stay, and its length in bytes.
    private static func plainText(_ bytes: [UInt8], at place: Int) -> (plain: [UInt8]?, length: Int) {
        let byte = bytes[place]
        guard byte >= 0x80 else { return (nil, 1) }
        switch byte {
        case 0xC2 where place + 1 < bytes.count: return (latin(bytes[place + 1]), 2)
        case 0xE2, 0xE3, 0xEF:
            guard place + 2 < bytes.count, bytes[place + 1] & 0xC0 == 0x80, bytes[place + 2] & 0xC0 == 0x80 else {
                return (nil, 1)
            }
            let code =
                UInt32(byte & 0x0F) << 12 | UInt32(bytes[place + 1] & 0x3F) << 6 | UInt32(bytes[place + 2] & 0x3F)
            return (plainText(code), 3)
        default: return (windows(byte), 1)
        }
    }

    private static let dashes = Array("--".utf8)
    private static let longDash = Array("---".utf8)
    private static let space = Array(" ".utf8)
    private static let quote = Array("\"".utf8)

    private static func plainText(_ code: UInt32) -> [UInt8]? {
        switch code {
        // Word processors make them of two and three hyphens; how many they were does not matter later.
        case 0x2014, 0x2015: longDash
        case 0x2010...0x2013, 0x2212, 0xFE58, 0xFE63, 0xFF0D: dashes
        case 0x2000...0x200A, 0x202F, 0x205F, 0x3000: space
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF: []
        case 0x2018...0x201F, 0x2039, 0x203A: quote
        case 0x2028, 0x2029: [UInt8(ascii: "\n")]
        default: nil
        }
    }

    /// The second byte of the characters U+0080 to U+00BF.
    private static func latin(_ byte: UInt8) -> [UInt8]? {
        switch byte {
        case 0x85: [UInt8(ascii: "\n")]
        case 0xA0: space
        case 0xAB, 0xBB: quote
        case 0xAD: []
        default: nil
        }
    }

    /// A byte that is no UTF-8, as Windows' own code page has it.
    private static func windows(_ byte: UInt8) -> [UInt8]? {
        switch byte {
        case 0x91...0x94: quote
        case 0x96, 0x97: dashes
        case 0xA0: space
        default: nil
        }
    }
}
