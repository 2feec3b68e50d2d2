/// A globally unique identifier as Microsoft writes them: 32 hexadecimal digits in five groups (RFC 9562 §4).
package struct GUID: Sendable, Hashable, CustomStringConvertible {
    /// In lower case: two spellings of one identifier are one value.
    package let value: String

    package var description: String { value }

    /// Takes `8-4-4-4-12` digits of either case; `nil` for anything else, also for one in braces.
    package init?(_ text: some StringProtocol) {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard groups.map(\.count) == [8, 4, 4, 4, 12],
            groups.allSatisfy({ $0.allSatisfy { Hex.value(of: $0) != nil } })
        else { return nil }
        value = text.lowercased()
    }
}
