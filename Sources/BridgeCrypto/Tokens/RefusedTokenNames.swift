internal import BridgeCore

/// Whom a token that is refused says it is for, as far as that can be read: what its refusal is filed under, nothing
/// more. It is made of tokens that `UnverifiedToken` does not take, too.
package struct RefusedTokenNames: Sendable {
    /// `iss`: the license the token claims to be for.
    package let issuer: String
    /// `sub`: the address it claims to speak of; `nil` where there is none.
    package let subject: String?

    /// - Parameter compact: the token as it came; `nil` for one that is too long, or whose second part is no JSON
    ///   object with a text as its `iss`.
    package init?(_ compact: [UInt8]) {
        guard compact.count <= UnverifiedToken.largestSize else { return nil }
        let parts = compact.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count > 1, let payload = Base64URL.decode(parts[1]), let claims = try? JSONValue(parsing: payload),
            let issuer = claims["iss"]?.stringValue
        else { return nil }
        self.issuer = issuer
        subject = claims["sub"]?.stringValue
    }
}
