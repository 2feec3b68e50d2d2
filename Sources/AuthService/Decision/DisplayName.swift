/// The name that is shown to customers and written into logs and headers.
enum DisplayName {
    /// The name without control, bidirectional and other invisible characters, trimmed, cut at 128 characters;
    /// `nil` when nothing is left.
    static func cleaned(_ name: String) -> String? {
        if isPlain(name.utf8) { return name }
        let visible = name.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
            default: true
            }
        }
        let trimmed = String(String.UnicodeScalarView(visible)).drop { $0 == " " }.prefix(128)
        let end = trimmed.lastIndex { $0 != " " }
        return end.map { String(trimmed[...$0]) }
    }

    /// Whether nothing has to be done: up to 128 visible ASCII characters, no space at either end.
    private static func isPlain(_ bytes: String.UTF8View) -> Bool {
        let space = UInt8(ascii: " ")
        return (1...128).contains(bytes.count) && bytes.first != space && bytes.last != space
            && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
