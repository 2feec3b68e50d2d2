/// The addresses that have their first bits in common: `10.0.0.0/8`, `fd00::/8`, or one address alone.
package struct IPNetwork: Sendable, Hashable, CustomStringConvertible {
    private let address: IPAddress
    private let length: Int

    /// Reads an address, or an address and the number of its bits that count (RFC 4632 §3.1); `nil` for anything else,
    /// and for bits behind those that count.
    package init?(_ text: String) {
        guard let (address, length) = Self.parts(text), address.prefix(length) == address else { return nil }
        self.address = address
        self.length = length
    }

    /// The network that `text` would be without the bits behind its length; `nil` where that is not all that is wrong.
    package static func nearest(to text: String) -> String? {
        guard let (address, length) = parts(text), address.prefix(length) != address else { return nil }
        return "\(address.prefix(length))/\(length)"
    }

    /// Whether it has every address of its kind.
    package var isEverything: Bool { length == 0 }

    package func contains(_ other: IPAddress) -> Bool {
        other.bitCount == address.bitCount && other.prefix(length) == address
    }

    package var description: String { length == address.bitCount ? "\(address)" : "\(address)/\(length)" }

    private static func parts(_ text: String) -> (IPAddress, length: Int)? {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        guard parts.count == 2 else { return (address, address.bitCount) }
        guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(parts[1]), length <= address.bitCount
        else { return nil }
        return (address, length)
    }
}
