/// A globally unique identifier as Microsoft writes them: 32 hexadecimal digits in five groups (RFC 9562 §4).
package struct GUID: Sendable, Hashable, CustomStringConvertible {
    /// In lower case: two spellings of one identifier are one value.
    package let value: String

    package var description: String { value }

    /// Takes `8-4-4-4-12` digits of either case; `nil` for anything else, also for one in braces.
    package init?(_ text: some StringProtocol) {
        // A sign-in reads dozens of them: each byte is looked at once, and not as one of whatever StringProtocol.
        var bytes = Array(String(text).utf8)
        guard bytes.count == 36 else { return nil }
        for place in bytes.indices {
            switch place {
            case 8, 13, 18, 23: guard bytes[place] == UInt8(ascii: "-") else { return nil }
            default: guard Hex.value(of: bytes[place]) != nil else { return nil }
            }
            bytes[place] |= 0x20  // which digits and hyphens have already
        }
        value = String(decoding: bytes, as: UTF8.self)
    }
}
