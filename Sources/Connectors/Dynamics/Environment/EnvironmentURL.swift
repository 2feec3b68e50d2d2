package import BridgeCore
internal import HTTPMessage

/// The address of a Dataverse environment, as tokens are asked for it and the Web API is found below it.
///
/// Only hosts that bearer tokens may be sent to have one: those of the known regions at the port of https, and what the
/// operator allows. Two ways to write an environment are one value.
package struct EnvironmentURL: Sendable, Hashable {
    /// Where requests go, and nowhere else.
    package let origin: WebOrigin
    /// `nil` for a host outside the known domains.
    package let region: DataverseRegion?
    /// The name in front of the region: `acme` of `acme.crm4.dynamics.com`; `nil` outside the known domains.
    package let organization: String?

    /// Reads what an administrator copied: a URL whose path and query are cut off, or a host.
    ///
    /// - Throws: `configuration_invalid`, with what it is instead.
    package init(_ text: String, rules: EnvironmentRules) throws(ConnectorError) {
        let (isSecure, authority) = try CopiedURL.parts(
            of: text, example: Self.example, fixedBy: .environmentAdministrator)
        guard let origin = WebOrigin("\(isSecure ? "https" : "http")://\(authority)") else {
            throw .environment("\(quoted(authority)) is no host", hint: Self.example)
        }
        if rules.allowsInsecureLoopback && origin.isLoopback || isSecure && rules.allowedHosts.contains(origin) {
            self.init(origin: origin, region: nil, organization: nil)
            return
        }
        guard isSecure else { throw .environment("begins with http://", hint: "write it with https://") }
        guard origin.hasDefaultPort else {
            throw .environment("names the port \(origin.port)", hint: "leave it out: https has a port of its own")
        }
        try self.init(known: origin.host)
    }

    /// Takes a host of the known domains; the one of the API is that of the environment.
    private init(known host: String) throws(ConnectorError) {
        guard let region = DataverseRegion.all.first(where: { host.hasSuffix(".\($0.host)") }) else {
            throw UnknownEnvironmentHost.problem(host)
        }
        let labels = host.dropLast(region.host.utf8.count + 1).split(separator: ".")
        guard let organization = labels.first, labels.count == 1 || labels.dropFirst() == ["api"],
            !UnknownEnvironmentHost.services.contains(String(organization)),
            let origin = WebOrigin("https://\(organization).\(region.host)")
        else { throw UnknownEnvironmentHost.problem(host) }
        self.init(origin: origin, region: region, organization: String(organization))
    }

    private init(origin: WebOrigin, region: DataverseRegion?, organization: String?) {
        self.origin = origin
        self.region = region
        self.organization = organization
    }

    /// Without a slash at its end, which would make it the name of another resource: `https://acme.crm4.dynamics.com`.
    package var text: String { origin.description }
}

extension EnvironmentURL: CustomStringConvertible {
    package var description: String { text }
}

extension EnvironmentURL {
    static let example =
        "copy it from the address bar of Dynamics 365, up to .dynamics.com, such as "
        + "https://yourorg.crm4.dynamics.com"
}

extension ConnectorError {
    /// What is wrong with the address of an environment.
    static func environment(
        _ problem: String, hint: String, fixedBy: FixedBy = .environmentAdministrator
    ) -> ConnectorError {
        ConnectorError(.configurationInvalid, problem, hint: hint, fixedBy: fixedBy)
    }
}
