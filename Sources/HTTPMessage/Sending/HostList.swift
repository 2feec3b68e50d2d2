package import BridgeCore

/// Hosts that an operator allows besides the known ones (`dynamics__allowed_hosts`, `salesforce__allowed_hosts`).
package struct HostList: Sendable, Hashable {
    private let entries: [Authority]

    package init(_ entries: [Authority] = []) {
        self.entries = entries
    }

    /// Reads one host, `HOST` for any port of it or `HOST:PORT`; `nil` for anything else.
    package static func entry(_ text: String) -> Authority? {
        text.utf8.allSatisfy { $0 < 0x80 } ? Authority(text.lowercased()[...]) : nil
    }

    /// Whether the host of `origin` is listed, for its port or for any.
    package func contains(_ origin: WebOrigin) -> Bool {
        entries.contains { $0.host == origin.host && ($0.port == nil || $0.port == origin.port) }
    }

    /// The hosts of both.
    package static func + (left: HostList, right: HostList) -> HostList { HostList(left.entries + right.entries) }
}
