/// What tells a tenant's connections to one kind of system apart: `default`, `emea`.
package struct ConnectionName: Sendable, Hashable, CustomStringConvertible {
    package let value: String

    /// The name of a connection that needs none, because it is the only one.
    package static let standard = ConnectionName(unchecked: "default")

    /// Takes 1 to 32 characters of `a-z 0-9 -`, not beginning or ending with a hyphen, and no word that stands in the
    /// place of a name in paths; `nil` for anything else.
    package init?(_ value: String) {
        let bytes = value.utf8
        let hyphen = UInt8(ascii: "-")
        guard (1...32).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen,
            bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == hyphen }),
            !["test", "organizations", "consent"].contains(value)
        else { return nil }
        self.value = value
    }

    private init(unchecked value: String) {
        self.value = value
    }

    package var description: String { value }
}
