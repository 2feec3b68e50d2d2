package import AuthService
package import BridgeCore

/// A connection as it would be, made of what was typed and what is stored; its form is right, nothing is tested yet.
package struct DynamicsCandidate: Sendable {
    package let settings: DynamicsSettings
    /// The client that the test is made with.
    package let client: DynamicsClient
    package let credential: Credential

    /// Where the credential comes from.
    package enum Credential: Sendable {
        /// The operator's configuration.
        case operators
        /// The store, as it is there.
        case stored(StoredCredential)
        /// Whoever makes the change.
        /// - Parameter endsAt: when a secret ends, as was said.
        case given(ConnectionCredential, endsAt: Timestamp?)
    }
}
