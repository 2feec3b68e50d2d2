/// `HOST[:PORT]` of a URL or a setting (RFC 3986 §3.2), without user information.
package struct Authority: Sendable, Hashable {
    /// A name in lower-case ASCII, or an address; of IPv6 without brackets.
    package let host: String
    /// The port that was written, never 0.
    package let port: UInt16?

    /// Reads lower-case text; a host is labels of letters, digits and hyphens, an IPv4 address as it is usually written,
    /// or an IPv6 address in brackets.
    package init?(_ text: Substring) {
        guard let (host, port) = Self.parts(of: text), let host = Self.host(host) else { return nil }
        self.host = host
        switch port {
        case nil: self.port = nil
        case let port?:
            guard let number = UInt16(port), number > 0, port == "\(number)" else { return nil }
            self.port = number
        }
    }

    /// Host and port; an IPv6 address keeps its brackets, whose colons separate no port.
    private static func parts(of text: Substring) -> (host: Substring, port: Substring?)? {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (text, nil) }
            return rest.first == ":" ? (text[...end], rest.dropFirst()) : nil
        }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts[0], parts.count == 2 ? parts[1] : nil)
    }

    private static func host(_ text: Substring) -> String? {
        if text.first == "[" {
            let address = text.dropFirst().dropLast()
            guard let address = IPAddress(address), case .ipv6 = address else { return nil }
            return "\(address)"
        }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy(isLabel) else { return nil }
        guard let last = labels.last, isNumber(last) else { return String(text) }
        // `127.1`, `0x7f.1`, `010.0.0.1`: readers of URLs take them for different addresses.
        guard let address = IPAddress(text), "\(address)" == text else { return nil }
        return "\(address)"
    }

    /// Whether a host that ends in `label` is an IPv4 address to those who read URLs as browsers do.
    private static func isNumber(_ label: Substring) -> Bool {
        if label.hasPrefix("0x") { return label.dropFirst(2).utf8.allSatisfy { Hex.value(of: $0) != nil } }
        return label.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...63).contains(label.utf8.count) && label.utf8.first != hyphen && label.utf8.last != hyphen
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen: true
                default: false
                }
            }
    }
}
