/// What may be the alias of a key: something that fits into a table, a shell and a log line.
package enum KeyAlias {
    /// The rule in words.
    package static let rule = "an alias is 1 to 64 letters, digits, . _ - @ : and spaces, no space at either end"

    /// Whether `alias` is 1 to 64 ASCII letters, digits, `.`, `_`, `-`, `@`, `:` and spaces that stand inside.
    package static func isValid(_ alias: String) -> Bool {
        let (bytes, space) = (alias.utf8, UInt8(ascii: " "))
        return (1...64).contains(bytes.count) && bytes.first != space && bytes.last != space
            && bytes.allSatisfy(isAllowed)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ". _-@:".utf8.contains(byte)
        }
    }
}
