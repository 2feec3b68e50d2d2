package import BridgeCore

/// The hosts that a request, and the credentials it carries, may be sent to.
package struct HostRule: Sendable, Hashable {
    private var origins: Set<WebOrigin> = []
    private var patterns: [HostPattern] = []
    private var hosts = HostList()

    /// One origin and no other: the rule for whatever carries a token for it.
    package init(only origin: WebOrigin) {
        origins = [origin]
    }

    /// The domains of a vendor, at the default port of https, and the hosts that an operator has listed.
    package init(_ patterns: [HostPattern], and hosts: HostList = HostList()) {
        self.patterns = patterns
        self.hosts = hosts
    }

    /// Whether a request to `origin` may be sent.
    package func allows(_ origin: WebOrigin) -> Bool {
        origins.contains(origin) || hosts.contains(origin)
            || origin.isSecure && origin.hasDefaultPort && patterns.contains { $0.matches(origin.host) }
    }
}
