internal import BridgeCore

/// An origin a finished login may return to.
///
/// `https`, or `http` to the loopback interface for development. Two texts of one origin are one value.
package struct RedirectOrigin: Sendable, Hashable, CustomStringConvertible {
    /// The origin as browsers write it: `https://agents.example.com`.
    package let value: String

    package var description: String { value }

    /// Takes `https://HOST[:PORT]` or `http://` and a loopback host; `nil` for anything else, also for a path, even
    /// `/`, a query, a user name, a wildcard, a host that is not ASCII, and an IPv6 address other than `[::1]`.
    package init?(_ text: String) {
        guard let origin = WebOrigin(text), origin.isSecure || origin.isLoopback,
            origin.isLoopback || !origin.host.contains(":")
        else { return nil }
        value = "\(origin)"
    }
}
