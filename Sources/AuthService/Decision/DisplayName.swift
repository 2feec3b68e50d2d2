/// The name that is shown to customers and written into logs and headers.
enum DisplayName {
    /// At most so many characters as people count them.
    private static let longest = 128
    /// At most so many bytes: a character can carry any number of marks.
    private static let mostBytes = 1024

    /// The name without control, bidirectional and other invisible characters, without white space at its ends, cut
    /// between two characters at 128; `nil` when nothing that can be seen is left.
    static func cleaned(_ name: String) -> String? {
        if isPlain(name.utf8) { return name }
        let kept = withoutHidden(Array(name.unicodeScalars))
        let start = kept.drop(while: \.properties.isWhitespace)
        guard start.contains(where: { !$0.properties.isDefaultIgnorableCodePoint && !$0.properties.isWhitespace })
        else {
            return nil
        }
        let cut = shortened(String(String.UnicodeScalarView(start)))
        guard let last = cut.unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return nil }
        return String(cut.unicodeScalars[...last])
    }

    /// Whether nothing has to be done: up to 128 visible ASCII characters, no space at either end.
    private static func isPlain(_ bytes: String.UTF8View) -> Bool {
        let space = UInt8(ascii: " ")
        return (1...longest).contains(bytes.count) && bytes.first != space && bytes.last != space
            && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func withoutHidden(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var kept: [Unicode.Scalar] = []
        for (index, scalar) in scalars.enumerated() {
            if isJoiner(scalar) {
                // Persian and Indic words and some emoji need them, between two of their characters.
                guard let before = kept.last, index + 1 < scalars.count, joins(before), joins(scalars[index + 1]) else {
                    continue
                }
                kept.append(scalar)
            } else if isVisible(scalar) {
                kept.append(scalar)
            }
        }
        return kept
    }

    private static func isJoiner(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{200C}" || scalar == "\u{200D}" }

    private static func joins(_ scalar: Unicode.Scalar) -> Bool {
        !scalar.isASCII && !isJoiner(scalar) && isVisible(scalar) && !scalar.properties.isWhitespace
    }

    /// Variation selectors are kept: they choose how the character before them looks.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: !scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isVariationSelector
        }
    }

    private static func shortened(_ name: String) -> Substring {
        var (end, count, bytes) = (name.startIndex, 0, 0)
        while end < name.endIndex, count < longest {
            let next = name.index(after: end)
            bytes += name.utf8.distance(from: end, to: next)
            guard bytes <= mostBytes else { break }
            (end, count) = (next, count + 1)
        }
        return name[..<end]
    }
}
