package import BridgeCore
package import HTTPMessage

/// Where people and the integration user of an org sign in: production, sandboxes, or the org's My Domain.
///
/// Two ways to write one are one value; what an administrator has before him, a page of the org, is its My Domain.
package struct SalesforceLogin: Sendable, Hashable {
    /// Where requests go, and the issuer of the ID tokens had there.
    package let origin: WebOrigin
    package let kind: Kind

    package enum Kind: Sendable, Hashable {
        /// `login.salesforce.com`
        case production
        /// `test.salesforce.com`
        case sandbox
        /// The org's own host.
        case myDomain(isSandbox: Bool)
        /// A host that the operator has listed.
        case listed
    }

    /// Reads what an administrator copied: a URL whose path and query are cut off, or a host.
    ///
    /// - Throws: `configuration_invalid`, with what it is instead.
    package init(_ text: String, hosts: SalesforceHosts) throws(ConnectorError) {
        let (isSecure, authority) = try CopiedURL.parts(of: text, example: Self.example)
        guard let origin = WebOrigin("\(isSecure ? "https" : "http")://\(authority)") else {
            throw .login("\(quoted(authority)) is no host", hint: Self.example)
        }
        if hosts.isListed(origin) {
            self.init(origin: origin, kind: .listed)
            return
        }
        guard isSecure else { throw .login("begins with http://", hint: "write it with https://") }
        guard origin.hasDefaultPort else {
            throw .login("names the port \(origin.port)", hint: "leave it out: https has a port of its own")
        }
        try self.init(known: Self.myDomain(ofPageAt: origin.host) ?? origin.host)
    }

    private init(known host: String) throws(ConnectorError) {
        guard let kind = Self.kind(of: host), let origin = WebOrigin("https://\(host)") else {
            throw UnknownLoginHost.problem(host)
        }
        self.init(origin: origin, kind: kind)
    }

    private init(origin: WebOrigin, kind: Kind) {
        self.origin = origin
        self.kind = kind
    }

    private static func kind(of host: String) -> Kind? {
        guard let domain = SalesforceDomain(of: host) else { return nil }
        if host == domain.productionLogin { return .production }
        if host == domain.sandboxLogin { return .sandbox }
        guard host.hasSuffix(".\(domain.myDomain)") else { return nil }
        let labels = host.dropLast(domain.myDomain.utf8.count + 1).split(
            separator: ".", omittingEmptySubsequences: false)
        // A name, and behind it what kind of org it is: `sandbox`, `develop`, `scratch`.
        guard (1...2).contains(labels.count), labels.allSatisfy({ !$0.isEmpty }) else { return nil }
        return .myDomain(isSandbox: labels.count == 2 && labels[1] == "sandbox" || labels[0].contains("--"))
    }

    /// The My Domain of the org whose page lies at `host`.
    private static func myDomain(ofPageAt host: String) -> String? {
        for domain in SalesforceDomain.allCases {
            guard let page = domain.pages.first(where: { host.hasSuffix(".\($0)") }) else { continue }
            return "\(host.dropLast(page.utf8.count + 1)).\(domain.myDomain)"
        }
        return nil
    }

    /// As it is stored: `https://acme.my.salesforce.com`.
    package var text: String { origin.description }
}

extension SalesforceLogin: CustomStringConvertible {
    package var description: String { text }
}

extension SalesforceLogin {
    package var authorizationURL: RequestURL { url("authorize") }
    package var tokenURL: RequestURL { url("token") }
    package var introspectionURL: RequestURL { url("introspect") }

    private func url(_ word: String) -> RequestURL {
        RequestURL(origin: origin, segments: ["services", "oauth2", word])
    }

    /// What assertions are meant for (JWT bearer flow): Salesforce names its two logins, and each My Domain takes the one
    /// that its people sign in at, as far as its name says.
    package var audience: String { logins?.likely ?? text }

    /// What else they may have to be meant for: its name does not say of every org where its people sign in. Of scratch orgs it
    /// does not, for one.
    package var otherAudiences: [String] { logins.map { [$0.other, text] } ?? [] }

    /// The two logins of which the people of a My Domain have one; `nil` for a host that is no My Domain.
    private var logins: (likely: String, other: String)? {
        guard case .myDomain(let isSandbox) = kind, let domain = SalesforceDomain(of: origin.host) else { return nil }
        let (production, sandbox) = ("https://\(domain.productionLogin)", "https://\(domain.sandboxLogin)")
        return isSandbox ? (sandbox, production) : (production, sandbox)
    }

    /// Whether the host is the org's own, as the client credentials flow asks for.
    package var isOrgsOwn: Bool {
        switch kind {
        case .production, .sandbox: false
        case .myDomain, .listed: true
        }
    }

    static let example =
        "copy the My Domain of the org from Setup > My Domain, such as https://acme.my.salesforce.com; "
        + "https://login.salesforce.com and, for sandboxes, https://test.salesforce.com will do for a client with a key"
}

extension ConnectorError {
    /// What is wrong with the address of a login.
    static func login(
        _ problem: String, hint: String, fixedBy: FixedBy = .tenantAdministrator
    ) -> ConnectorError {
        ConnectorError(.configurationInvalid, problem, hint: hint, fixedBy: fixedBy)
    }
}
