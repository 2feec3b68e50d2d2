extension IPAddress {
    /// Whether it is an address of the public internet, by IANA's registries of special-purpose addresses.
    ///
    /// Not so: loopback, private and link-local ones (metadata services among them), those of carriers (100.64.0.0/10),
    /// for documentation, multicast and reserved ones. An IPv6 address that stands for an IPv4 one (mapped; NAT64,
    /// RFC 6052; 6to4, RFC 3056) is what that one is.
    package var isPublic: Bool {
        switch self {
        case .ipv4: return !Self.special.contains { $0.contains(self) }
        case .ipv6(let upper, let lower):
            if upper == 0x64_FF9B << 32, lower >> 32 == 0 { return IPAddress.ipv4(UInt32(lower)).isPublic }
            if upper >> 48 == 0x2002 { return IPAddress.ipv4(UInt32(truncatingIfNeeded: upper >> 16)).isPublic }
            return upper >> 61 == 1 && !Self.special.contains { $0.contains(self) }  // 2000::/3 is all there is so far
        }
    }

    private static let special: [IPNetwork] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "2001::/23", "2001:db8::/32", "3fff::/20",
    ].compactMap { IPNetwork($0) }
}
