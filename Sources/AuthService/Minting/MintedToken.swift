package import BridgeCore

/// A token that the bridge signed. Whoever has it can sign in as its subject until it expires.
package struct MintedToken: Sendable {
    /// The compact serialization.
    package let token: String
    /// `exp`, to the second.
    package let expiresAt: Timestamp
    /// The id of the key that signed it, its `kid`.
    package let keyID: String

    package init(token: String, expiresAt: Timestamp, keyID: String) {
        self.token = token
        self.expiresAt = expiresAt
        self.keyID = keyID
    }
}

extension MintedToken: CustomStringConvertible, CustomReflectable {
    /// Names the key and the end; the token itself is never shown.
    package var description: String { "a token of the key \(keyID) until \(expiresAt)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension JSONWriter {
    /// Writes `{"token","expiresAt"}`.
    package mutating func mintedToken(_ minted: MintedToken) {
        object { writer in
            writer.member("token", minted.token)
            writer.member("expiresAt", minted.expiresAt.description)
        }
    }
}
