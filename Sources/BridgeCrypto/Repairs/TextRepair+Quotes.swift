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
            output.append(contentsOf: unquoted(bytes[start..<end]))
            if end < bytes.count { output.append(UInt8(ascii: "\n")) }
            start = end + 1
        }
        return output.count == bytes.count ? nil : output
    }

    /// A line without the quotation marks at its ends and what stands outside of them.
    private static func unquoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        var isOpened = false
        let afterMarks = line.drop(while: isBetweenLines)
        if let first = afterMarks.first, isQuote(first) {
            line = afterMarks.drop(while: isQuote)
            isOpened = true
        }
        var end = line.endIndex
        while end > line.startIndex, isBetweenLines(line[end - 1]) { end -= 1 }
        guard end > line.startIndex else { return isOpened ? line.prefix(0) : line }
        guard isQuote(line[end - 1]) else { return line }
        while end > line.startIndex, isQuote(line[end - 1]) { end -= 1 }
        return line[..<end]
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
    }

    /// What may stand between a quotation mark and the end of its line, on either side; a plus sign only counts there,
    /// since it is a digit of base64 too.
    private static func isBetweenLines(_ byte: UInt8) -> Bool { between.contains(byte) }

    private static let between = Set(" \t\r+.,;:=()[]{}\\".utf8)
}
