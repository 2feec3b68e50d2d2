/// An origin a finished login may return to: scheme, host and port (RFC 6454), nothing behind them.
///
/// `https`, or `http` to the loopback interface for development. Lower-case and without the default port, so that two
/// texts of one origin are one value.
package struct RedirectOrigin: Sendable, Hashable, CustomStringConvertible {
    /// The origin as browsers write it: `https://agents.example.com`.
    package let value: String

    package var description: String { value }

    /// Takes `https://HOST[:PORT]` or `http://` and a loopback host; `nil` for anything else, also for a path, even
    /// `/`, a query, a user name, a wildcard and a host that is not ASCII.
    package init?(_ text: String) {
        let lowered = text.lowercased()
        guard lowered.utf8.count <= 300, text.utf8.allSatisfy({ $0 < 0x80 }),
            let scheme = Self.schemes.first(where: { lowered.hasPrefix($0.prefix) })
        else { return nil }
        let authority = lowered.dropFirst(scheme.prefix.count)
        guard let (host, port) = Self.parts(of: authority), Self.isHost(host),
            scheme.prefix == "https://" || Self.isLoopback(host)
        else { return nil }
        switch port {
        case nil: value = scheme.prefix + host
        case let port?:
            guard let number = UInt16(port), number > 0, port == "\(number)" else { return nil }
            value = scheme.prefix + host + (number == scheme.port ? "" : ":\(number)")
        }
    }

    private static let schemes: [(prefix: String, port: UInt16)] = [("https://", 443), ("http://", 80)]

    /// Host and port; an IPv6 address keeps its brackets, whose colons separate no port.
    private static func parts(of authority: Substring) -> (host: String, port: Substring?)? {
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let rest = authority[authority.index(after: end)...]
            if rest.isEmpty { return (String(authority), nil) }
            return rest.first == ":" ? (String(authority[...end]), rest.dropFirst()) : nil
        }
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count == 2 ? parts[1] : nil)
    }

    private static func isLoopback(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "[::1]"].contains(host)
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("[") { return host == "[::1]" }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return host.utf8.count <= 253 && labels.allSatisfy(isLabel)
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
