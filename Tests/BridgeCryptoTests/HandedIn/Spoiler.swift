import BridgeCore

/// Something that editors, chats and people do to text.
struct Spoiler: Sendable {
    let name: String
    let spoil: @Sendable (String) -> [UInt8]

    private init(_ name: String, _ spoil: @escaping @Sendable (String) -> String) {
        (self.name, self.spoil) = (name, { Array(spoil($0).utf8) })
    }

    private init(_ name: String, bytes: @escaping @Sendable (String) -> [UInt8]) {
        (self.name, spoil) = (name, bytes)
    }

    /// What leaves text that the next one can be applied to.
    static let ofText: [Spoiler] = [
        Spoiler("one line") { $0.replacing("\n", with: "") },
        Spoiler("one line with spaces") { $0.replacing("\n", with: " ") },
        Spoiler("literal line ends") { $0.replacing("\n", with: "\\n") },
        Spoiler("literal CR LF") { $0.replacing("\n", with: "\\r\\n") },
        Spoiler("escaped twice") { $0.replacing("\n", with: "\\\\n").replacing("/", with: "\\/") },
        Spoiler("escaped as .NET does") { $0.replacing("\n", with: "\\n").replacing("+", with: "\\u002B") },
        Spoiler("indented") { lines($0) { "    \($0)" } },
        Spoiler("YAML") { "certificate: |\n" + lines($0) { "  \($0)" } },
        Spoiler("mail quote") { lines($0) { "> \($0)" } },
        Spoiler("comment") { lines($0) { "# \($0)" } },
        Spoiler("quoted") { "\"\($0)\"" },
        Spoiler("JSON member") { "{\"certificate\":\"\($0.replacing("\n", with: "\\n"))\"}" },
        Spoiler("source code") { lines($0) { "    \"\($0)\\n\" +" } },
        Spoiler("list of strings") { "[\n" + lines($0) { "  '\($0)'," } + "\n]" },
        Spoiler("carriage returns") { $0.replacing("\n", with: "\r") },
        Spoiler("typographic") { $0.replacing("-----", with: "—–") },
        Spoiler("long dashes") { $0.replacing("-----", with: "——") },
        Spoiler("spaces in the armour") { $0.replacing("-----BEGIN ", with: "----- BEGIN ") },
        Spoiler("spaces that do not break") { lines($0) { "\u{A0}\($0)" } },
    ]

    /// What is done last.
    static let ofBytes: [Spoiler] = [
        Spoiler("as it is") { $0 },
        Spoiler("UTF-16 LE", bytes: { [0xFF, 0xFE] + units($0, bigEndian: false) }),
        Spoiler("UTF-16 BE", bytes: { [0xFE, 0xFF] + units($0, bigEndian: true) }),
        Spoiler("UTF-16 LE without mark", bytes: { units($0, bigEndian: false) }),
        Spoiler("UTF-16 BE without mark", bytes: { units($0, bigEndian: true) }),
        Spoiler("base64 of all of it") { Base64.encode(Array($0.utf8)) },
    ]

    private static func lines(_ text: String, _ change: (Substring) -> String) -> String {
        text.split(separator: "\n").map(change).joined(separator: "\n")
    }

    private static func units(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let (high, low) = (UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit))
            return bigEndian ? [high, low] : [low, high]
        }
    }
}
