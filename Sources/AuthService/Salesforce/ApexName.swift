/// A name as Salesforce takes it for what is made in an org: the unique name of a certificate, the name of a class.
///
/// Letters, digits and single underscores, a letter first, no underscore last: nothing in it can end a literal, a
/// comment or a line of Apex.
package struct ApexName: Sendable, Hashable, CustomStringConvertible {
    /// The rule in words.
    package static let rule = "letters, digits and single underscores, beginning with a letter, not ending with _"

    package let value: String

    /// Takes a name of at most `limit` characters; `nil` for what Salesforce would refuse.
    package init?(_ value: String, limit: Int) {
        let bytes = value.utf8
        guard (1...limit).contains(bytes.count), bytes.allSatisfy({ Self.isLetter($0) || Self.isOther($0) }),
            let first = bytes.first, Self.isLetter(first), bytes.last != UInt8(ascii: "_"), !value.contains("__")
        else { return nil }
        self.value = value
    }

    /// Takes the unique name of a certificate: up to 80 characters.
    package init?(certificate value: String) {
        self.init(value, limit: 80)
    }

    /// Takes the name of a class that leaves room for `Test` behind it (40 characters in all) and that hides nothing
    /// the class itself uses.
    package init?(class value: String) {
        guard !ApexWords.taken.contains(value.lowercased()) else { return nil }
        self.init(value, limit: 36)
    }

    package var description: String { value }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isOther(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
