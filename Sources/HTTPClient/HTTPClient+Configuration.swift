package import BridgeCore
package import HTTPMessage

extension HTTPClient {
    /// What is trusted, what is allowed, and what requests may take.
    package struct Configuration: Sendable {
        /// Root certificates in PEM, trusted besides the system's (`tls__ca_file`).
        package var extraRootsFile: String?
        /// The system's root certificates, a directory as `openssl rehash` makes it; `nil` for the usual one.
        package var rootsDirectory: String?
        /// Hosts that may be at addresses which are not of the public internet.
        package var privateHosts = HostList()
        /// Whether this machine may be spoken to by `localhost`, `127.0.0.1` and `[::1]`, and without TLS.
        package var allowsInsecureLoopback = false
        package var proxies = ProxySettings.none
        package var userAgent: HTTPFieldValue
        /// For resolving, connecting and the TLS handshake together.
        package var connectLimit = Duration.seconds(5)
        /// How many requests to one origin may be under way at once, and how many may wait for one of them to end.
        package var maximumRequests = 512
        package var maximumWaiting = 4096
        /// How many failures in a row it takes until an origin is left alone, and for how long, first and at most.
        package var failuresToSuspend = 5
        package var suspension: ClosedRange<Duration> = .seconds(5) ... .seconds(60)
        /// For `Retry-After` with a time in it.
        package var clock: any WallClock
        package var log: (any Log)?

        package init(userAgent: HTTPFieldValue, clock: any WallClock, log: (any Log)? = nil) {
            self.userAgent = userAgent
            self.clock = clock
            self.log = log
        }
    }
}

extension HTTPClient.Configuration {
    /// How `request` is sent.
    ///
    /// - Throws: where that is not allowed, as far as it can be told without resolving a name.
    func route(for request: OutgoingRequest) throws(SendError) -> Transfer.Route {
        let origin = request.url.origin
        guard request.rule.allows(origin) else { throw .hostNotAllowed(origin) }
        guard let rule = addressRule(for: origin) else { throw .notSecure(origin) }
        if let address = IPAddress(origin.host), !rule.allows(address) {
            throw .addressNotAllowed(address, of: origin)
        }
        guard let proxy = proxies.proxy(for: origin) else { return Transfer.Route(rule: rule, proxy: nil) }
        return Transfer.Route(rule: .any, proxy: proxy)
    }

    /// Which addresses `origin` may be at; `nil` where it may not be spoken to without TLS.
    private func addressRule(for origin: WebOrigin) -> AddressRule? {
        let isSimulator = allowsInsecureLoopback && origin.isLoopback
        guard origin.isSecure || isSimulator else { return nil }
        if privateHosts.contains(origin) { return .any }
        return isSimulator ? .loopbackOnly : .publicOnly
    }
}
