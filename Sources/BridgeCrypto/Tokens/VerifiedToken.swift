public import BridgeCore

/// A token whose signature and claims have been verified; only `TokenVerifier` makes one.
public struct VerifiedToken: Sendable {
    private let token: UnverifiedToken
    /// The thumbprint of the key that signed it.
    public let keyThumbprint: String
    /// From when on the key is refused, so that nobody keeps the verdict for longer; `nil` for never.
    package let keyRefusedFrom: Timestamp?

    init(_ token: consuming UnverifiedToken, signedBy key: TokenKey) {
        self.token = token
        keyThumbprint = key.key.thumbprint
        keyRefusedFrom = key.refusedFrom
    }

    /// The compact serialization it was read from.
    package var compact: [UInt8] { token.compact }

    /// `iss`: the license the token is for.
    public var issuer: String { token.claims.issuer.string(in: token.jws.storage.span) }
    /// `sub`: the agent's e-mail address, as written.
    public var subject: String { token.claims.subject.string(in: token.jws.storage.span) }
    /// The agent's name, as written.
    public var displayName: String? { token.claims.displayName?.string(in: token.jws.storage.span) }
    /// `jti`, as written.
    public var tokenID: String? { token.claims.tokenID?.string(in: token.jws.storage.span) }
    public var role: RoleClaim { token.claims.role }
    /// The policy object as JSON text, `version` 3.
    public var policy: [UInt8]? { token.claims.policy.map { Array(token.jws.storage[$0]) } }
    public var salesforce: SalesforceClaims? { token.claims.salesforce }
    /// `client_id` (RFC 8693 §4.3): the program that asked for the token; `nil` also where it is no string.
    ///
    /// Read anew at each call: no login needs it, so none pays for it.
    /// - Throws: never for a payload that was read before, as this one was; what reads it twice has to say it.
    public func clientID() throws(JSONError) -> String? { try token.text(ofClaim: "client_id") }
    /// `accountId`: the account that the bridge signed the token for; `nil` also where it is no string. Read anew at each
    /// call, and good for nothing unless the bridge's own key signed.
    ///
    /// - Throws: as `clientID`.
    package func accountID() throws(JSONError) -> String? { try token.text(ofClaim: "accountId") }
    /// `iat`.
    public var issuedAt: Timestamp { Timestamp(seconds: token.claims.issuedAt) }
    /// `exp`.
    public var expiresAt: Timestamp { Timestamp(seconds: token.claims.expiresAt) }
}
