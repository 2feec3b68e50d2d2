internal import BridgeCore

/// What a verifier asks of a token's claims, apart from its signature.
public struct TokenRules: Sendable, Hashable {
    /// The audience of every Cobrowse agent token, of hosted, EU and self-hosted instances alike.
    public static let audience = "https://cobrowse.io"
    static let audienceLiteral: StaticString = "https://cobrowse.io"

    /// The longest `exp` − `iat`, in seconds.
    public let lifetimeCeiling: Int64
    /// How far `iat` and `nbf` may lie ahead, in seconds: the clocks of two machines differ. `exp` gets no leeway.
    public let clockSkew: Int64

    /// The rules where a tenant sets no others: a day, and a minute.
    public static let standard = TokenRules(lifetimeCeiling: 86_400, clockSkew: 60)

    /// Takes a ceiling of 1 to 86 400 seconds and a skew of 0 to 60; others are brought into these ranges.
    public init(lifetimeCeiling: Int64, clockSkew: Int64 = 60) {
        self.lifetimeCeiling = min(max(lifetimeCeiling, 1), 86_400)
        self.clockSkew = min(max(clockSkew, 0), 60)
    }

    /// Judges `exp`, `nbf` and `iat` at `now`, in this order.
    func judgeTimes(_ claims: TokenClaims, now: Timestamp) throws(TokenRefusal) {
        let now = now.seconds
        guard claims.expiresAt > now else { throw .expired(at: claims.expiresAt, now: now) }
        if let notBefore = claims.notBefore, notBefore > now &+ clockSkew {
            throw .notYetValid(.notBefore, at: notBefore, now: now)
        }
        guard claims.issuedAt <= now &+ clockSkew else {
            throw .notYetValid(.issuedAt, at: claims.issuedAt, now: now)
        }
        guard claims.expiresAt > claims.issuedAt else { throw .invalid(.expiration, "does not lie after iat") }
    }

    /// Judges how long the token lives.
    func judgeLifetime(_ claims: TokenClaims) throws(TokenRefusal) {
        let lifetime = claims.expiresAt &- claims.issuedAt
        guard lifetime <= lifetimeCeiling else {
            throw .lifetimeExceeded(seconds: lifetime, ceiling: lifetimeCeiling)
        }
    }
}
