extension TextRepair {
    /// Quotation marks around the whole or around each line, with what source code puts between lines: `"MII..." +`.
    static let quotes = TextRepair(words: "quotation marks were removed") { bytes in
        guard bytes.contains(where: isQuote) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            if let line = unquoted(bytes[start..<end]) {
                output.append(contentsOf: line)
                if end < bytes.count { output.append(UInt8(ascii: "\n")) }
            }
            start = end + 1
        }
        return output.count == bytes.count ? nil : output
    }

    /// A line without the quotation marks at its ends and what stands outside of them; `nil` where it is nothing else.
    private static func unquoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let opening = line.prefix { isBetweenLines($0) || isQuote($0) }
        if opening.count == line.count { return line.contains(where: isQuote) ? nil : line }
        let closing = line.suffix(while: { isBetweenLines($0) || isQuote($0) })
        let start = opening.lastIndex(where: isQuote).map { $0 + 1 } ?? line.startIndex
        return line[start..<(closing.firstIndex(where: isQuote) ?? line.endIndex)]
    }

    static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }

    /// What may stand between a quotation mark and the end of its line, on either side; a plus sign only counts there,
    /// since it is a digit of base64 too.
    static func isBetweenLines(_ byte: UInt8) -> Bool { between.contains(byte) }

    private static let between = Set(" \t\r+.,;:=()[]{}\\".utf8)
}

extension ArraySlice {
    /// The longest end of which every element is one.
    fileprivate func suffix(while isOne: (Element) -> Bool) -> ArraySlice {
        self[(lastIndex { !isOne($0) }.map { $0 + 1 } ?? startIndex)...]
    }
}
