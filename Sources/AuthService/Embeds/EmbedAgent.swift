package import BridgeCore

/// Whose token goes with an embedded page.
package enum EmbedAgent: Sendable {
    /// Somebody whom whoever asks vouches for.
    case named(TokenRequest)
    /// The person of this token, if it lets anybody in; the one that is signed lives for so many seconds at most, `nil`
    /// for as long as usual.
    case bearer(Secret, lifetime: Int64?)
}
