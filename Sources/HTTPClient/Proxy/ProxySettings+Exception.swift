import BridgeCore

extension ProxySettings {
    /// One word of `no_proxy`.
    enum Exception: Sendable {
        case everything
        case network(IPNetwork)
        /// A domain, itself and all below it; `nil` for any port.
        case domain(String, port: UInt16?)

        /// Reads `*`, an address, a network, or a domain with or without a dot in front and a port behind; `nil` for
        /// anything else, which then matches nothing.
        init?(_ word: Substring) {
            if word == "*" {
                self = .everything
            } else if let network = IPNetwork(String(word)) {
                self = .network(network)
            } else {
                guard let authority = Authority(word.hasPrefix(".") ? word.dropFirst() : word) else { return nil }
                self = .domain(authority.host, port: authority.port)
            }
        }

        func matches(_ origin: WebOrigin) -> Bool {
            switch self {
            case .everything: true
            case .network(let network): IPAddress(origin.host).map(network.contains) ?? false
            case .domain(let domain, let port):
                (origin.host == domain || origin.host.hasSuffix(".\(domain)")) && (port ?? origin.port) == origin.port
            }
        }
    }
}
