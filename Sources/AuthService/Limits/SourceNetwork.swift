internal import BridgeCore

/// Whom a source address is counted as: an IPv4 address, or the /64 network that one subscriber has of IPv6.
package enum SourceNetwork: Sendable, Hashable {
    case ipv4(UInt32)
    /// The upper 64 bits.
    case ipv6(UInt64)
    /// All that is no address, together.
    case unknown

    /// Takes an address without port or brackets; a zone (`%eth0`) is ignored. IPv4 written as IPv6
    /// (`::ffff:192.0.2.1`) is IPv4.
    package init(_ address: String) {
        switch IPAddress(zoned: address) {
        case .ipv4(let bits): self = .ipv4(bits)
        case .ipv6(let upper, _): self = .ipv6(upper)
        case nil: self = .unknown
        }
    }
}

extension SourceNetwork: CustomStringConvertible {
    /// The address, or the network as `2001:db8::/64`; never empty.
    package var description: String {
        switch self {
        case .ipv4(let bits): IPAddress.ipv4(bits).description
        case .ipv6(let upper): "\(IPAddress.ipv6(upper, 0))/64"
        case .unknown: "unknown"
        }
    }
}
