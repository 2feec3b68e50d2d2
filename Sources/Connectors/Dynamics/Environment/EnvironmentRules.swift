package import BridgeCore
package import HTTPMessage

/// Which environments the operator lets administrators connect, and where those of each cloud sign in.
package struct EnvironmentRules: Sendable, Hashable {
    /// Besides the known domains: `dynamics__allowed_hosts`.
    package let allowedHosts: HostList
    /// Whether `http` is spoken to this machine: `allow_insecure_loopback`.
    package let allowsInsecureLoopback: Bool
    /// `dynamics__authority_url`.
    package let authority: EntraAuthority
    /// `dynamics__discovery_url`; `nil` for the one of the cloud.
    package let discovery: WebOrigin?

    package init(
        allowedHosts: HostList = HostList(), allowsInsecureLoopback: Bool = false,
        authority: EntraAuthority = EntraCloud.global.authority, discovery: WebOrigin? = nil
    ) {
        self.allowedHosts = allowedHosts
        self.allowsInsecureLoopback = allowsInsecureLoopback
        self.authority = authority
        self.discovery = discovery
    }

    /// Where the people and applications of an environment sign in; one outside the known domains has the configured
    /// authority.
    package func authority(of environment: EnvironmentURL) -> EntraAuthority {
        EntraAuthority(environmentHost: environment.origin.host, configured: authority) ?? authority
    }

    /// The discovery service of a cloud.
    package func discovery(of cloud: DataverseCloud) -> WebOrigin { discovery ?? cloud.discovery }
}
