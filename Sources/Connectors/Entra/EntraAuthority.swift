package import BridgeCore
internal import BridgeCrypto
package import HTTPMessage

/// Where Entra's endpoints of one cloud are (v2.0); a stand-in has an authority of its own.
package struct EntraAuthority: Sendable, Hashable {
    package let origin: WebOrigin

    package init(_ origin: WebOrigin) {
        self.origin = origin
    }

    /// The authority of an environment: that of its cloud, unless the operator has set another than the global one.
    ///
    /// - Parameter host: in lower case; `nil` is returned for one that lies in no cloud.
    package init?(environmentHost host: String, configured: EntraAuthority) {
        guard configured == EntraCloud.global.authority else {
            self = configured
            return
        }
        guard let cloud = EntraCloud(environmentHost: host) else { return nil }
        self = cloud.authority
    }
}

/// The endpoints of a tenant.
extension EntraAuthority {
    package func authorizationURL(_ tenant: EntraTenant) -> RequestURL { url(tenant, "oauth2", "v2.0", "authorize") }

    package func tokenURL(_ tenant: EntraTenant) -> RequestURL { url(tenant, "oauth2", "v2.0", "token") }

    package func deviceAuthorizationURL(_ tenant: EntraTenant) -> RequestURL {
        url(tenant, "oauth2", "v2.0", "devicecode")
    }

    package func adminConsentURL(_ tenant: EntraTenant) -> RequestURL { url(tenant, "v2.0", "adminconsent") }

    /// Where the tenant's metadata are, and the issuer they have to name.
    package func provider(_ tenant: EntraTenant) -> ProviderLocation {
        ProviderLocation(
            metadata: url(tenant, "v2.0", ".well-known", "openid-configuration"),
            issuer: IssuerPattern("\(origin)/\(tenant.issuerSegment)/v2.0"))
    }

    private func url(_ tenant: EntraTenant, _ segments: String...) -> RequestURL {
        RequestURL(origin: origin, segments: [tenant.segment] + segments)
    }
}
