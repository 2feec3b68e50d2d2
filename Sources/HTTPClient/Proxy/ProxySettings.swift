package import BridgeCore
import HTTPMessage

/// Which requests go through a proxy: the variables `https_proxy` and `no_proxy`, in lower or upper case.
package struct ProxySettings: Sendable {
    private var proxy: Proxy?
    private var exceptions: [Exception] = []

    /// None at all.
    package static let none = ProxySettings()

    private init() {}

    /// Reads the variables; the lower-case spelling wins.
    ///
    /// - Throws: `configuration_invalid` where `https_proxy` is no http or https URL; it is not quoted, since it may
    ///   hold a password.
    package init(environment: [String: String]) throws(HTTPClientError) {
        let value = { (name: String) in environment[name] ?? environment[name.uppercased()] ?? "" }
        guard !value("https_proxy").isEmpty else { return }
        guard let proxy = Proxy(value("https_proxy")) else {
            throw HTTPClientError(
                .configurationInvalid, "the environment variable https_proxy is no URL of a proxy",
                hint:
                    "write it like http://proxy.example:3128; user and password, percent-encoded, may stand before an @"
            )
        }
        self.proxy = proxy
        exceptions = value("no_proxy").split { ", ".contains($0) }.compactMap { Exception($0.lowercased()[...]) }
    }

    /// The proxy for requests to `origin`; `nil` for those that are sent directly, as those to this machine are.
    func proxy(for origin: WebOrigin) -> Proxy? {
        guard let proxy, origin.isSecure, !origin.isLoopback else { return nil }
        return exceptions.contains { $0.matches(origin) } ? nil : proxy
    }
}
