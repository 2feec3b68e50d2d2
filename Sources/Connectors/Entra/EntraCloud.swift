internal import BridgeCore

/// One of Microsoft's clouds: a tenant and its registrations live in one and are unknown in the others.
package enum EntraCloud: String, Sendable, Hashable, CaseIterable {
    /// Everywhere but for the others; GCC (`crm9`) is part of it.
    case global
    /// GCC High and DoD.
    case usGovernment
    /// Run by 21Vianet.
    case china

    /// The cloud that a Dataverse host lies in; `nil` for a host of none.
    ///
    /// - Parameter host: in lower case, such as `acme.crm4.dynamics.com`.
    package init?(environmentHost host: String) {
        guard let suffix = Self.suffixes.first(where: { host.hasSuffix($0.text) }) else { return nil }
        self = suffix.cloud
    }

    private static let suffixes: [(text: String, cloud: EntraCloud)] = [
        (".dynamics.com", .global), (".microsoftdynamics.us", .usGovernment), (".appsplatform.us", .usGovernment),
        (".dynamics.cn", .china),
    ]

    /// Where people and applications of the cloud sign in (National clouds, Microsoft Learn).
    package var authority: EntraAuthority {
        switch self {
        case .global: EntraAuthority(WebOrigin(https: "login.microsoftonline.com"))
        case .usGovernment: EntraAuthority(WebOrigin(https: "login.microsoftonline.us"))
        case .china: EntraAuthority(WebOrigin(https: "login.partner.microsoftonline.cn"))
        }
    }
}
