extension TextRepair {
    /// Whatever else is left between the base64 digits of a block: marks of lines that were joined, and quotation marks
    /// with what stands between a closing and an opening one.
    static let body = TextRepair(words: "blank lines and marks between the base64 were removed") { bytes in
        var output: [UInt8] = []
        var (place, isChanged) = (0, false)
        for block in PEMText.blocks(in: bytes, limit: FileSurvey.largestCount) where block.endLabel == block.label {
            guard let digits = digits(of: bytes[block.body]) else { continue }
            output.append(contentsOf: bytes[place..<block.body.lowerBound])
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: digits)
            output.append(UInt8(ascii: "\n"))
            place = block.body.upperBound
            isChanged = true
        }
        return isChanged ? output + bytes[place...] : nil
    }

    /// The base64 digits of a body; `nil` where nothing stands between them that can, and has to, be left out.
    private static func digits(of body: ArraySlice<UInt8>) -> [UInt8]? {
        guard let text = withoutQuotes(body) else { return nil }
        let digits = text.filter { !BareBase64.isWhiteSpace($0) && !marks.contains($0) }
        guard digits.allSatisfy(BareBase64.isDigit) else { return nil }
        let isClean = body.allSatisfy { BareBase64.isDigit($0) || BareBase64.isWhiteSpace($0) } && !hasBlankLine(body)
        return isClean ? nil : digits
    }

    /// Whether a line between the first and the last is blank, where OpenSSL expects a header or nothing more.
    private static func hasBlankLine(_ body: ArraySlice<UInt8>) -> Bool {
        let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.dropFirst().dropLast().contains { $0.allSatisfy(BareBase64.isWhiteSpace) }
    }

    /// No digits of base64, so that leaving them out loses nothing.
    private static let marks = Set(">|#*\\".utf8)

    /// The body without quotation marks, and without what stands outside of them; `nil` where that cannot be told.
    ///
    /// A plus sign is a digit inside and an operator outside.
    private static func withoutQuotes(_ body: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = body.split(omittingEmptySubsequences: false, whereSeparator: isQuote)
        guard parts.count > 1 else { return Array(body) }
        // The BEGIN line stands inside or outside, and with it every second part.
        for first in [1, 0]
        where stride(from: first, to: parts.count, by: 2).allSatisfy({ parts[$0].allSatisfy(isBetween) }) {
            return stride(from: 1 - first, to: parts.count, by: 2).flatMap { parts[$0] }
        }
        return nil
    }

    private static func isBetween(_ byte: UInt8) -> Bool {
        isBetweenLines(byte) || byte == UInt8(ascii: "\n") || marks.contains(byte)
    }
}
