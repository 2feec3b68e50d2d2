package import AuthService
package import BridgeCore

/// A connection as it would be, made of what was typed and what is stored; its form is right, nothing is tested yet.
package struct SalesforceCandidate: Sendable {
    /// The app that the test is made with.
    package let application: SalesforceApplication
    /// Whether the app is the connection's own.
    package let isOwnClient: Bool
    /// `nil` where nobody has said it: then it is the one that the token is for.
    package let organizationID: SalesforceID?
    /// The canvas app whose signed requests count; `nil` for any with the consumer secret.
    package let canvasApplicationID: SalesforceID?
    package let credential: Credential

    /// Where the credential comes from.
    package enum Credential: Sendable {
        /// The operator's configuration.
        case operators
        /// The store, as it is there.
        case stored(StoredCredential)
        /// Whoever makes the change, in whole or in part.
        /// - Parameter secretEndsAt: when the secret ends, as was said.
        case given(SalesforceCredential, secretEndsAt: Timestamp?)
    }

    /// What is stored of it once it is known to be of that org.
    func settings(of organizationID: SalesforceID) -> SalesforceSettings {
        SalesforceSettings(
            loginURL: application.login.text, clientID: isOwnClient ? application.clientID : nil,
            integrationUsername: application.integrationUsername, organizationID: organizationID,
            canvasApplicationID: canvasApplicationID)
    }
}
