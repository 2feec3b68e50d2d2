package import BridgeCore

/// A decision that let a person in, for a token that is signed after it and says so.
package struct DecidedLogin: Sendable, Hashable {
    /// Becomes the `jti` of the token.
    package let id: String
    package let accountID: String
    /// When something ends that it was made for; `nil` for never. No token outlives it.
    package let validUntil: Timestamp?

    package init(id: String, accountID: String, validUntil: Timestamp?) {
        self.id = id
        self.accountID = accountID
        self.validUntil = validUntil
    }
}
