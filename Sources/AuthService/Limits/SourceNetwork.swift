/// Whom a source address is counted as: an IPv4 address, or the /64 network that one subscriber has of IPv6.
enum SourceNetwork: Hashable {
    case ipv4(UInt32)
    /// The upper 64 bits.
    case ipv6(UInt64)
    /// All that is no address, together.
    case unknown

    /// Takes an address without port or brackets; a zone (`%eth0`) is ignored. IPv4 written as IPv6
    /// (`::ffff:192.0.2.1`) is IPv4.
    init(_ address: String) {
        if let ipv4 = Self.ipv4(address) {
            self = .ipv4(ipv4)
            return
        }
        guard let groups = Self.groups(address.prefix { $0 != "%" }) else {
            self = .unknown
            return
        }
        if groups.prefix(6) == [0, 0, 0, 0, 0, 0xFFFF] {
            self = .ipv4(groups.suffix(2).reduce(0) { $0 << 16 | UInt32($1) })
        } else {
            self = .ipv6(groups.prefix(4).reduce(0) { $0 << 16 | UInt64($1) })
        }
    }

    private static func ipv4(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), let byte = number(part, radix: 10), byte < 256 else { return nil }
            address = address << 8 | UInt32(byte)
        }
        return address
    }

    /// The eight groups of RFC 4291 §2.2.
    private static func groups(_ text: Substring) -> [UInt16]? {
        var groups: [UInt16] = []
        var gap: Int?
        var rest = text
        if rest.hasPrefix("::") {
            gap = 0
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            let word = rest.prefix { $0 != ":" }
            rest = rest.dropFirst(word.count)
            if rest.isEmpty, let ipv4 = ipv4(word) {
                groups += [UInt16(ipv4 >> 16), UInt16(ipv4 & 0xFFFF)]
                break
            }
            guard (1...4).contains(word.utf8.count), let group = number(word, radix: 16) else { return nil }
            groups.append(group)
            if rest.hasPrefix("::") {
                guard gap == nil else { return nil }
                gap = groups.count
                rest = rest.dropFirst(2)
            } else if !rest.isEmpty {
                rest = rest.dropFirst()
                if rest.isEmpty { return nil }
            }
        }
        guard let gap else { return groups.count == 8 ? groups : nil }
        guard groups.count < 8 else { return nil }
        return groups[..<gap] + Array(repeating: 0, count: 8 - groups.count) + groups[gap...]
    }

    /// Digits alone: the initializer of the library takes a sign, too.
    private static func number(_ text: some StringProtocol, radix: Int) -> UInt16? {
        text.utf8.allSatisfy { $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") } ? UInt16(text, radix: radix) : nil
    }
}
