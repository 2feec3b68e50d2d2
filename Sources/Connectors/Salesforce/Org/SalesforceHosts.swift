package import BridgeCore
package import HTTPMessage

/// Which hosts the operator lets tokens of Salesforce go to.
///
/// What a token endpoint names as instance, identity and next page comes from outside: it is followed nowhere else.
package struct SalesforceHosts: Sendable, Hashable {
    /// Besides the known domains: `salesforce__allowed_hosts`.
    package let allowedHosts: HostList
    /// Whether `http` is spoken to this machine: `allow_insecure_loopback`.
    package let allowsInsecureLoopback: Bool

    package init(allowedHosts: HostList = HostList(), allowsInsecureLoopback: Bool = false) {
        self.allowedHosts = allowedHosts
        self.allowsInsecureLoopback = allowsInsecureLoopback
    }

    /// Whether `origin` may be sent a token: a login, a My Domain or an instance of Salesforce at the port of https, or
    /// what the operator has listed.
    package func allows(_ origin: WebOrigin) -> Bool { isListed(origin) || isKnown(origin) }

    /// Whether the operator has listed it.
    func isListed(_ origin: WebOrigin) -> Bool {
        allowsInsecureLoopback && origin.isLoopback || origin.isSecure && allowedHosts.contains(origin)
    }

    private func isKnown(_ origin: WebOrigin) -> Bool {
        guard origin.isSecure, origin.hasDefaultPort, let domain = SalesforceDomain(of: origin.host) else {
            return false
        }
        let name = origin.host.dropLast(domain.root.utf8.count + 1)
        return !SalesforceDomain.foreignNames.contains(String(name))
    }
}
