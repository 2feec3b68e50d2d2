import BridgeCore
import BridgeCrypto

/// The assertion of a JWT bearer grant.
struct BearerAssertion {
    private let token: CompactJWT
    /// The consumer key.
    let issuer: String
    /// The username.
    let subject: String

    /// How far ahead `exp` may be; the documentation can be read so, and nobody needs more.
    private static let longest: Int64 = 180

    /// - Throws: `invalid_grant` for what is no JWT with `iss` and `sub`, signed by RS256.
    init(_ compact: String) throws(SalesforceOAuthError) {
        guard let token = CompactJWT(compact), token.header["alg"]?.stringValue == "RS256",
            let issuer = token.claims["iss"]?.stringValue, let subject = token.claims["sub"]?.stringValue
        else { throw .invalidGrant("invalid assertion") }
        (self.token, self.issuer, self.subject) = (token, issuer, subject)
    }

    /// - Parameter audiences: what `aud` may be, byte for byte.
    /// - Throws: `invalid_client` for another key than the app's, `invalid_grant` for another audience, and, with a text
    ///   about codes, for a time that is over or too far.
    func check(_ app: ConnectedApp, audiences: [String], now: Timestamp) throws(SalesforceOAuthError) {
        let isValid = try? app.publicKey?.isSignature(token.signature, over: token.signedText, scheme: .pkcs1)
        guard isValid == true else { throw .badClient }
        guard let audience = token.claims["aud"]?.stringValue, audiences.contains(audience) else {
            throw .badAudience
        }
        guard let end = token.claims["exp"]?.integerValue, end > now.seconds, end <= now.seconds + Self.longest else {
            throw .expiredCode
        }
    }
}
