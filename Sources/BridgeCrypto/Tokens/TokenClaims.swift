internal import BridgeCore

/// The claims of an agent token, as places in the token's storage: nothing is copied until somebody asks.
struct TokenClaims: Sendable {
    var issuer = JSONText.absent
    var subject = JSONText.absent
    var issuedAt: Int64 = 0
    var expiresAt: Int64 = 0
    var notBefore: Int64?
    var tokenID: JSONText?
    var displayName: JSONText?
    var role = RoleClaim.absent
    /// The policy object as it stands in the payload.
    var policy: Range<Int>?
    var salesforce: SalesforceClaims?
}

/// What a token says of the role.
public enum RoleClaim: String, Sendable, Hashable {
    /// No `role` claim.
    case absent
    /// `role: null`, which goes with a policy.
    case null
    case agent
    case administrator
}

extension JSONText {
    /// Stands for a text that is not there; the reader never leaves one behind.
    static let absent = JSONText(range: 0..<0, hasEscapes: false)
}
