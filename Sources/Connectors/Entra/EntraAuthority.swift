package import BridgeCore

/// Where Entra's endpoints of one cloud are; a stand-in has an authority of its own.
package struct EntraAuthority: Sendable, Hashable {
    /// Scheme, host and port: `https://login.microsoftonline.com`.
    package let origin: String

    /// - Parameter origin: an origin that has been checked, without a slash at its end.
    package init(origin: String) {
        self.origin = origin
    }

    /// The authority of an environment: that of its cloud, unless the operator has set another than the global one.
    package init?(environmentHost host: String, configured: EntraAuthority) {
        guard configured == EntraCloud.global.authority else {
            self = configured
            return
        }
        guard let cloud = EntraCloud(environmentHost: host) else { return nil }
        self = cloud.authority
    }
}
