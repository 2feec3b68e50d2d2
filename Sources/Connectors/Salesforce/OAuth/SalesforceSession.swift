package import BridgeCore
internal import HTTPMessage

/// A token of Salesforce, and where it counts.
package struct SalesforceSession: Sendable {
    package let token: AccessToken
    /// Where the API of the org is found; checked to be a host that may be sent tokens.
    package let instance: WebOrigin
    /// The org and the user that the token speaks for.
    package let identity: SalesforceIdentity
    let traits = OrgTraits()

    package init(token: AccessToken, instance: WebOrigin, identity: SalesforceIdentity) {
        self.token = token
        self.instance = instance
        self.identity = identity
    }

    /// Takes what a token endpoint granted.
    ///
    /// - Throws: `upstream_unavailable` where instance or identity are missing or no id of Salesforce's, and for hosts that
    ///   `hosts` does not allow: the token would go there.
    package init(_ grant: TokenGrant, from login: SalesforceLogin, hosts: SalesforceHosts) throws(ConnectorError) {
        guard let instance = grant.instanceURL.flatMap(Self.origin), hosts.allows(instance) else {
            throw .strange(login, "names no instance of Salesforce's (instance_url) with its token")
        }
        guard let identity = grant.identityURL.flatMap({ SalesforceIdentity($0, hosts: hosts) }) else {
            throw .strange(login, "names no org and user of Salesforce's (id) with its token")
        }
        self.init(token: grant.accessToken, instance: instance, identity: identity)
    }

    private static func origin(_ text: String) -> WebOrigin? {
        WebOrigin(text.hasSuffix("/") ? text.dropLast() : text[...])
    }
}

extension ConnectorError {
    /// A login has granted what cannot be used.
    fileprivate static func strange(_ login: SalesforceLogin, _ what: String) -> ConnectorError {
        ConnectorError(
            .upstreamUnavailable, "\(login) \(what)",
            hint: "check the login URL; a host of the operator's own has to be listed in salesforce__allowed_hosts",
            fixedBy: .bridgeOperator)
    }
}
