package import BridgeCore
package import BridgeCrypto
internal import HTTPMessage

/// The beginning of a sign-in: where the browser goes, what it takes along, what is remembered meanwhile.
package struct SignInStart: Sendable {
    /// For the `Location` of the answer.
    package let location: String
    /// For its `Set-Cookie`.
    package let cookie: SignInCookie
    /// What `record` is kept under.
    package let id: String
    package let record: PendingSignIn

    /// - Parameters:
    ///   - client: the vendor's part.
    ///   - cookie: the one that the browser has already.
    ///   - prompt: `select_account` for somebody who has to choose, `nil` for somebody who just works.
    /// - Throws: `internal`.
    package init(
        _ intent: SignInIntent, at client: some OpenIDClient, cookie: SignInCookie?, prompt: String? = nil,
        random: some RandomSource, now: Timestamp
    ) throws(ConnectorError) {
        let secrets = try Secrets(random)
        let cookie = if let cookie { cookie } else { try SignInCookie(from: random) }
        let request = AuthorizationRequest(
            endpoint: client.authorizationURL, clientID: client.clientID, redirectURI: client.redirectURI,
            scopes: client.scopes, state: secrets.state, nonce: secrets.nonce, challenge: secrets.verifier.challenge,
            prompt: prompt)
        guard let url = request.url else { throw ConnectorError(.internal, "the authorization URL is too long") }
        location = url.text
        self.cookie = cookie
        id = try PendingSignIn.id(state: secrets.state, cookie: cookie)
        record = PendingSignIn(
            intent, nonce: secrets.nonce, verifier: secrets.verifier.secret, createdAt: now)
    }

    /// Three values of 256 random bits.
    private struct Secrets {
        let state: String
        let nonce: String
        let verifier: CodeVerifier

        init(_ random: some RandomSource) throws(ConnectorError) {
            do throws(CryptoError) {
                (state, nonce, verifier) = (try random.token(), try random.token(), try CodeVerifier(from: random))
            } catch {
                throw ConnectorError(error)
            }
        }
    }
}
