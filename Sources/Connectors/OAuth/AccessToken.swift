package import BridgeCore

/// A bearer token for one API (RFC 6750), opaque to whoever only passes it on.
package struct AccessToken: Sendable {
    /// For requests to the host that the token is meant for, and no other.
    package let secret: Secret
    /// When it ends by what the token endpoint said; `nil` where it did not say.
    package let expiresAt: Timestamp?

    package init(_ secret: Secret, expiresAt: Timestamp?) {
        self.secret = secret
        self.expiresAt = expiresAt
    }
}
