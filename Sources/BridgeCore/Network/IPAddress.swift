/// An address of the internet protocol, as its bits.
package enum IPAddress: Sendable, Hashable {
    case ipv4(UInt32)
    /// The upper and the lower half.
    case ipv6(UInt64, UInt64)

    /// Reads an address without port, brackets or zone (RFC 4291 §2.2); IPv4 written as IPv6 (`::ffff:192.0.2.1`) is
    /// IPv4.
    package init?(_ text: some StringProtocol) {
        if let bits = Self.ipv4(text) {
            self = .ipv4(bits)
            return
        }
        guard let groups = Self.groups(Substring(text)) else { return nil }
        self.init(upper: Self.half(groups.prefix(4)), lower: Self.half(groups.suffix(4)))
    }

    /// The IPv6 address of the two halves, or the IPv4 address that is written as one (RFC 4291 §2.5.5.2).
    package init(upper: UInt64, lower: UInt64) {
        self = upper == 0 && lower >> 32 == 0xFFFF ? .ipv4(UInt32(truncatingIfNeeded: lower)) : .ipv6(upper, lower)
    }

    /// The same for the address of a peer, whose zone (`%eth0`) is ignored.
    package init?(zoned text: String) {
        let address = text.prefix { $0 != "%" }
        guard address.endIndex == text.endIndex || address.contains(":") else { return nil }
        self.init(address)
    }

    /// Whether it is this machine's, reached from nowhere else: 127.0.0.0/8 and `::1`.
    package var isLoopback: Bool {
        switch self {
        case .ipv4(let bits): bits >> 24 == 127
        case .ipv6(let upper, let lower): upper == 0 && lower == 1
        }
    }

    /// How many bits an address of its kind has.
    var bitCount: Int {
        switch self {
        case .ipv4: 32
        case .ipv6: 128
        }
    }

    /// The first `count` bits, and zeros behind them.
    func prefix(_ count: Int) -> IPAddress {
        switch self {
        case .ipv4(let bits): .ipv4(bits & ~(UInt32.max >> UInt32(count)))
        case .ipv6(let upper, let lower):
            .ipv6(upper & ~(UInt64.max >> UInt64(count)), lower & ~(UInt64.max >> UInt64(max(0, count - 64))))
        }
    }

    private static func half(_ groups: ArraySlice<UInt16>) -> UInt64 { groups.reduce(0) { $0 << 16 | UInt64($1) } }
}

extension IPAddress: CustomStringConvertible {
    /// As RFC 5952 writes it, which is how the addresses of peers are written, too.
    package var description: String {
        switch self {
        case .ipv4(let bits):
            return stride(from: UInt32(24), through: 0, by: -8).map { "\(bits >> $0 & 0xFF)" }.joined(separator: ".")
        case .ipv6(let upper, let lower):
            let groups = [upper, lower].flatMap { half in
                stride(from: UInt64(48), through: 0, by: -16).map { UInt16(half >> $0 & 0xFFFF) }
            }
            let text = { (groups: ArraySlice<UInt16>) in
                groups.map { String($0, radix: 16) }.joined(separator: ":")
            }
            guard let gap = Self.longestZeros(groups) else { return text(groups[...]) }
            return "\(text(groups[..<gap.lowerBound]))::\(text(groups[gap.upperBound...]))"
        }
    }

    /// The first of the longest runs of zeros; a single one is none.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            if index + 1 - start > longest.count { longest = start..<index + 1 }
        }
        return longest.count > 1 ? longest : nil
    }
}

extension IPAddress {
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
