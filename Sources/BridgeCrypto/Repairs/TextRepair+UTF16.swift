extension TextRepair {
    /// Text of two bytes a character, as Windows programs save it: with a byte order mark, or told by its zeros.
    static let utf16 = TextRepair(words: "UTF-16 was read as text") { bytes in
        guard let order = ByteOrder(of: bytes) else { return nil }
        let text = bytes.dropFirst(bytes.starts(with: order.mark) ? 2 : 0)
        let units = [UInt16](unsafeUninitializedCapacity: text.count / 2) { buffer, count in
            // An odd byte at the end is half a character, and lost.
            while count < buffer.count {
                let place = text.startIndex + 2 * count
                let (first, second) = (UInt16(text[place]), UInt16(text[place + 1]))
                buffer[count] = order == .big ? first << 8 | second : second << 8 | first
                count += 1
            }
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    /// Which byte of a unit comes first.
    private enum ByteOrder {
        case little, big

        init?(of bytes: [UInt8]) {
            if bytes.starts(with: ByteOrder.little.mark) {
                self = .little
            } else if bytes.starts(with: ByteOrder.big.mark) {
                self = .big
            } else if ByteOrder.isASCII(bytes, zeroFirst: false) {
                self = .little
            } else if ByteOrder.isASCII(bytes, zeroFirst: true) {
                self = .big
            } else {
                return nil
            }
        }

        /// U+FEFF (RFC 2781 §3.2).
        var mark: [UInt8] { self == .little ? [0xFF, 0xFE] : [0xFE, 0xFF] }

        /// Whether most of the first units are ASCII, which no DER and no text of one byte a character looks like.
        private static func isASCII(_ bytes: [UInt8], zeroFirst: Bool) -> Bool {
            let count = min(bytes.count / 2, 64)
            let found = (0..<count).filter { unit in
                let (first, second) = (bytes[2 * unit], bytes[2 * unit + 1])
                return zeroFirst ? first == 0 && (1..<0x80).contains(second) : second == 0 && (1..<0x80).contains(first)
            }
            return count >= 16 && found.count * 4 >= count * 3
        }
    }
}
