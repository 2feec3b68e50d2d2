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

    /// Marks in front of every line, as e-mail quotes and comments have them.
    static let quoteMarks = TextRepair(words: "marks such as > in front of the lines were removed") { bytes in
        let marks = Set(">|#*".utf8)
        guard bytes.contains(where: marks.contains) else { return nil }
        return withoutLineStarts(bytes, marks.union(blanks))
    }

    /// Lines that are indented, as in YAML.
    static let indentation = TextRepair(words: "indentation was removed") { bytes in
        withoutLineStarts(bytes, blanks)
    }

    private static let blanks = Set(" \t".utf8)

    /// `bytes` without those of `unwanted` that lines begin with; `nil` where there are none.
    private static func withoutLineStarts(_ bytes: [UInt8], _ unwanted: Set<UInt8>) -> [UInt8]? {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var isStart = true
        for byte in bytes {
            if isStart, unwanted.contains(byte) { continue }
            output.append(byte)
            isStart = byte == UInt8(ascii: "\n")
        }
        return output.count == bytes.count ? nil : output
    }
}
