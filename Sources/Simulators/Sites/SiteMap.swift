/// Where each site is: scheme, host and port, without a slash at the end.
package struct SiteMap: Sendable {
    /// In the order of the ports.
    package let sites: [Site]
    private let origins: [Site: String]

    /// - Parameter origin: the origin of the site at that place in `sites`.
    package init(_ sites: [Site], origin: (Int) -> String) {
        self.sites = sites
        var origins: [Site: String] = [:]
        for (index, site) in sites.enumerated() { origins[site] = origin(index) }
        self.origins = origins
    }

    /// Names instead of addresses, for requests that never see a socket: `https://entra.simulator`. Salesforce's hosts
    /// have their real names, which say what they are.
    package init(unconnected sites: [Site]) {
        self.init(sites) { index in "https://\(Self.host(sites[index]))" }
    }

    private static func host(_ site: Site) -> String {
        switch site {
        case .salesforceLogin: "login.salesforce.com"
        case .salesforceTest: "test.salesforce.com"
        case .salesforce(let org) where org.contains("--"): "\(org).sandbox.my.salesforce.com"
        case .salesforce(let org): "\(org).my.salesforce.com"
        default: "\(site.name.split(separator: "/").reversed().joined(separator: ".")).simulator"
        }
    }

    /// The origin of `site`; empty for one that is not there.
    package subscript(site: Site) -> String { origins[site] ?? "" }

    /// The site of an absolute URL, and the rest of it from the path on.
    package func locate(_ url: String) -> (site: Site, target: String)? {
        for site in sites {
            guard let origin = origins[site], url.hasPrefix(origin) else { continue }
            let rest = url.dropFirst(origin.count)
            if rest.isEmpty { return (site, "/") }
            if rest.hasPrefix("/") || rest.hasPrefix("?") { return (site, String(rest)) }
        }
        return nil
    }
}
