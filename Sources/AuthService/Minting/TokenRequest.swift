package import BridgeCore
package import BridgeCrypto

/// The agent token that somebody asks the bridge to sign.
package struct TokenRequest: Sendable {
    package let license: License
    package let email: EmailAddress
    /// The name to show to customers; cleaned when the token is made.
    package var displayName: String?
    /// `.absent` leaves the claim out, `.null` goes with a policy.
    package var role: RoleClaim
    /// An object of version 3.
    package var policy: JSONValue?
    /// How long the token lives, in seconds; `nil` for a quarter of an hour, or less where the tenant allows less.
    package var lifetime: Int64?
    /// The decision that all of this comes from; `nil` where whoever asks vouches for it.
    package var decision: DecidedLogin?

    package init(
        license: License, email: EmailAddress, displayName: String? = nil, role: RoleClaim = .absent,
        policy: JSONValue? = nil, lifetime: Int64? = nil
    ) {
        self.license = license
        self.email = email
        self.displayName = displayName
        self.role = role
        self.policy = policy
        self.lifetime = lifetime
    }
}
