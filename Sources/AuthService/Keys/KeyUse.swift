package import BridgeCore

/// How often people came with tokens of one key.
package struct KeyUse: Sendable, Hashable {
    /// The thumbprint of the key.
    package let keyID: String
    /// How many decisions were made about its tokens; a token that comes again while it is remembered is none.
    package let logins: Int
    /// When the first of them was made.
    package let first: Timestamp
    /// When the last of them was made.
    package let last: Timestamp

    package init(keyID: String, logins: Int, first: Timestamp, last: Timestamp) {
        self.keyID = keyID
        self.logins = logins
        self.first = first
        self.last = last
    }
}
