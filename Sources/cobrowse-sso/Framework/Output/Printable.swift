/// Makes text from files, arguments and other systems safe to show on a terminal.
enum Printable {
    /// `text` with every control and direction-changing character replaced by U+FFFD, so that it can neither move the
    /// cursor nor break the line nor reorder what follows.
    static func line(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.map { isUnsafe($0) ? "\u{FFFD}" : $0 })
        return String(scalars)
    }

    /// `text` in quotes, at most 40 characters of it.
    static func quoted(_ text: String) -> String { "\"\(clipped(text))\"" }

    /// At most 40 characters of `text`, with dots in place of what is left out.
    static func clipped(_ text: String) -> String {
        let shown = line(text)
        return shown.count <= 40 ? shown : shown.prefix(37) + "..."
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
