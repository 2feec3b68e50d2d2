/// A Cobrowse license key: the name of a tenant, opaque but fit to be a file name, a URL segment and a header value.
package struct License: Sendable, Hashable, CustomStringConvertible {
    /// The key as Cobrowse shows it in the account settings.
    package let value: String

    /// Takes 1 to 64 characters of `A-Z a-z 0-9 . _ -`, not beginning with a point or a hyphen; `nil` for all else.
    package init?(_ value: String) {
        let bytes = value.utf8
        guard (1...64).contains(bytes.count), bytes.first != UInt8(ascii: "."), bytes.first != UInt8(ascii: "-"),
            bytes.allSatisfy(Self.isAllowed)
        else { return nil }
        self.value = value
    }

    package var description: String { value }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
