/// A Salesforce record id in its 18-character form, in which two ids are equal when they name the same record.
package struct SalesforceID: Sendable, Hashable {
    package let value: String

    /// Takes 15 characters, or 18 whose check characters fit; `nil` for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 15 || bytes.count == 18, bytes.allSatisfy(Self.isAlphanumeric) else { return nil }
        let long = Self.withCheckCharacters(Array(bytes.prefix(15)))
        // The check characters are letters of either case in the wild; the first fifteen are case-sensitive.
        guard bytes.count == 15 || long.suffix(3).elementsEqual(bytes.suffix(3).map(Self.uppercased)) else {
            return nil
        }
        value = String(decoding: long, as: UTF8.self)
    }

    /// The id that `name` in a rule is; `nil` for a name. Ids of what rules ask for begin with `0` (`0PS`, `0PG`, `0CP`, `00e`),
    /// API names with a letter: `CobrowseIOAgent` has 15 characters and is none.
    package init?(ofComponent name: String) {
        guard name.utf8.first == UInt8(ascii: "0") else { return nil }
        self.init(name)
    }

    /// Appends a character for each group of five, whose bits say which of the five are upper-case letters.
    private static func withCheckCharacters(_ short: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".utf8)
        var long = short
        for group in stride(from: 0, to: 15, by: 5) {
            var bits = 0
            for place in 0..<5 where (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(short[group + place]) {
                bits |= 1 << place
            }
            long.append(alphabet[bits])
        }
        return long
    }

    private static func uppercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 0x20 : byte
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
