package import BridgeCore

/// Where the pages of an org lie, which may show the bridge in a frame.
package enum OrgPages {
    /// The pages of the org that has `host`: its own host, and where Lightning, Setup and Visualforce lie beside it ("My
    /// Domain URL Formats", Salesforce Help).
    ///
    /// A host that is no My Domain tells of no other.
    package static func origins(of host: WebOrigin) -> [WebOrigin] {
        guard let domain = SalesforceDomain(of: host.host), host.host.hasSuffix(".\(domain.myDomain)") else {
            return [host]
        }
        // acme, or acme--uat.sandbox: behind the name stands what kind of org it is.
        let labels = host.host.dropLast(domain.myDomain.utf8.count + 1)
        let name = labels.prefix { $0 != "." }
        let kind = labels.dropFirst(name.count)
        let pages = domain.pages.map { "\(labels).\($0)" } + ["\(name)--c\(kind).\(domain.visualforce)"]
        return [host] + pages.compactMap { WebOrigin("https://\($0)") }
    }

    /// Whether pages of orgs lie at `origin`, of whichever org: Salesforce says where a canvas was opened.
    static func isPage(_ origin: WebOrigin, hosts: SalesforceHosts) -> Bool {
        if hosts.allows(origin) { return true }
        guard origin.isSecure, origin.hasDefaultPort else { return false }
        return SalesforceDomain.allCases.contains { domain in
            (domain.pages + [domain.visualforce]).contains { origin.host.hasSuffix(".\($0)") }
        }
    }
}
