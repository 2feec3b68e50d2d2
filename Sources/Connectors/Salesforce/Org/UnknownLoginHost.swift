internal import BridgeCore

/// What a host that nobody signs in at most likely is.
enum UnknownLoginHost {
    /// The problem in the words of whoever copied the host.
    static func problem(_ host: String) -> ConnectorError {
        if let what = pages.first(where: { host == $0.host || host.hasSuffix(".\($0.host)") })?.what {
            return .login(
                "\(quoted(host)) is \(what), not where people sign in to the org", hint: SalesforceLogin.example)
        }
        guard let domain = SalesforceDomain(of: host) else { return foreign(host) }
        if host == domain.myDomain {
            return .login(
                "\(quoted(host)) lacks the name of the org", hint: "put it in front: https://acme.\(domain.myDomain)")
        }
        if SalesforceDomain.foreignNames.contains(String(host.dropLast(domain.root.utf8.count + 1))) {
            return .login("\(quoted(host)) is a site of Salesforce's, and no org", hint: SalesforceLogin.example)
        }
        return .login(
            "\(quoted(host)) is an instance that many orgs share", hint: SalesforceLogin.example)
    }

    private static let pages = [
        (host: "my.site.com", what: "an Experience Cloud site"),
        (host: "vf.force.com", what: "where Visualforce pages lie"),
        (host: "visual.force.com", what: "where Visualforce pages lie"),
        (host: "file.force.com", what: "where files lie"),
        (host: "content.force.com", what: "where files lie"),
        (host: "force.com", what: "a site of Salesforce's"),
    ]

    private static func foreign(_ host: String) -> ConnectorError {
        .login(
            "\(quoted(host)) is none of Salesforce's hosts",
            hint: SalesforceLogin.example
                + "; the operator of the bridge can allow another host: salesforce__allowed_hosts",
            fixedBy: .bridgeOperator)
    }
}
