/// An origin of the web: scheme, host and port (RFC 6454), nothing behind them.
///
/// Lower-case and without the default port, so that two texts of one origin are one value.
package struct WebOrigin: Sendable, Hashable {
    /// `https`; otherwise it is `http`.
    package let isSecure: Bool
    /// A name in ASCII, or an address; of IPv6 without brackets.
    package let host: String
    package let port: UInt16

    /// Takes `https://HOST[:PORT]` or `http://HOST[:PORT]`; `nil` for anything else, also for a path, even `/`, a
    /// query, a user name, a wildcard and a host that is not ASCII.
    package init?(_ text: some StringProtocol) {
        // An answer to a browser takes several: read as a string, and not as one of whatever StringProtocol.
        let text = String(text)
        guard text.utf8.count <= 300, text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let lowered = text.lowercased()
        if lowered.hasPrefix("https://") {
            self.init(isSecure: true, authority: lowered.dropFirst("https://".count))
        } else if lowered.hasPrefix("http://") {
            self.init(isSecure: false, authority: lowered.dropFirst("http://".count))
        } else {
            return nil
        }
    }

    /// - Parameter authority: `HOST[:PORT]` in lower case.
    private init?(isSecure: Bool, authority: Substring) {
        guard let parts = Authority(authority) else { return nil }
        self.isSecure = isSecure
        self.host = parts.host
        self.port = parts.port ?? (isSecure ? 443 : 80)
    }

    /// Whether the host is this machine by its name or number: what `http` may be spoken to.
    package var isLoopback: Bool { ["localhost", "127.0.0.1", "::1"].contains(host) }

    /// Whether the port is the one of the scheme.
    package var hasDefaultPort: Bool { port == (isSecure ? 443 : 80) }
}

extension WebOrigin: CustomStringConvertible {
    /// As browsers write it: `https://agents.example.com`, `http://[::1]:8080`.
    package var description: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(host)\(hasDefaultPort ? "" : ":\(port)")"
    }
}
