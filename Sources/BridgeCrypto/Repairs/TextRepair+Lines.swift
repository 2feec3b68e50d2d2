extension TextRepair {
    /// Line ends of the old Macintosh, which terminals and some forms still produce.
    static let carriageReturns = TextRepair(words: "carriage returns were made line ends") { bytes in
        guard bytes.contains(UInt8(ascii: "\r")) else { return nil }
        var output = bytes
        for place in output.indices where output[place] == UInt8(ascii: "\r") {
            let next = place + 1
            if next == output.count || output[next] != UInt8(ascii: "\n") { output[place] = UInt8(ascii: "\n") }
        }
        return output == bytes ? nil : output
    }

    /// Lines that are indented, as in YAML.
    static let indentation = TextRepair(words: "indentation was removed") { bytes in
        withoutLineStarts(bytes, blanks)
    }

    /// Marks in front of every line, as e-mail quotes and comments have them.
    static let quoteMarks = TextRepair(words: "marks such as > in front of the lines were removed") { bytes in
        withoutLineStarts(bytes, blanks.union(marks), only: marks)
    }

    private static let blanks = Set(" \t".utf8)
    private static let marks = Set(">|#*".utf8)

    /// `bytes` without those of `unwanted` that lines begin with; `nil` where none of `telling` is among them.
    private static func withoutLineStarts(
        _ bytes: [UInt8], _ unwanted: Set<UInt8>, only telling: Set<UInt8>? = nil
    ) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var (isStart, isChanged) = (true, false)
        for byte in bytes {
            if isStart, unwanted.contains(byte) {
                if telling?.contains(byte) ?? true { isChanged = true }
                continue
            }
            output.append(byte)
            isStart = byte == UInt8(ascii: "\n")
        }
        return isChanged ? output : nil
    }
}
