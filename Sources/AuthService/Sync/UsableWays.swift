/// The ways into a tenant through a CRM that can still be used, whoever came by others before.
package struct UsableWays: Sendable {
    /// `dynamics:default` and the organization that the connection leads to today, with a blank between.
    private let connected: Set<String>
    /// The connection that the tenant's own signer vouches for users of an org by; `nil` where there is no such way.
    private let signed: String?

    /// - Parameters:
    ///   - connections: of the tenant.
    ///   - trustsSigner: whether the tenant has a key that tokens are verified by.
    package init(_ connections: [Connection], trustsSigner: Bool) {
        connected = Set(connections.map { Self.way(by: $0.id.identityName, to: $0.organization) })
        signed = trustsSigner ? Identity.signedConnection : nil
    }

    /// Whether a person of that identity may come again.
    package func contains(_ identity: Identity) -> Bool {
        identity.connection == signed
            || connected.contains(Self.way(by: identity.connection, to: identity.organization))
    }

    /// Each of them as the names of connection and organization with a blank between; what a signer vouches for stands
    /// without an organization.
    package var names: [String] { connected.sorted() + (signed.map { [$0] } ?? []) }

    private static func way(by connection: String, to organization: String) -> String {
        "\(connection) \(organization)"
    }
}
