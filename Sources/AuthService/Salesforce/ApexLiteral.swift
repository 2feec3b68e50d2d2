/// Text as a string literal of Apex.
enum ApexLiteral {
    /// `text` between single quotes, so that whatever it is, it stays inside them.
    ///
    /// Backslash and quote are escaped; every control character and everything beyond ASCII is written as `\uXXXX`, one
    /// escape for each UTF-16 unit, so that neither a line end nor the encoding of a file changes what is meant
    /// (Apex Developer Guide, "String": `\b \t \n \f \r \" \' \\` and Unicode escapes).
    static func text(_ text: String) -> String {
        "'\(text.utf16.map(escaped).joined())'"
    }

    private static func escaped(_ unit: UInt16) -> String {
        switch unit {
        case 0x27: return "\\'"
        case 0x5C: return "\\\\"
        case 0x20..<0x7F: return String(decoding: CollectionOfOne(unit), as: UTF16.self)
        default:
            let digits = String(unit, radix: 16, uppercase: true)
            return "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
        }
    }
}
