internal import BridgeCrypto
package import HTTPMessage

/// What a browser is sent to a provider with: the code flow with PKCE, state and nonce (OpenID Connect Core §3.1.2.1).
package struct AuthorizationRequest: Sendable {
    package var endpoint: RequestURL
    package var clientID: String
    /// Byte for byte as it is registered.
    package var redirectURI: String
    package var scopes: [String]
    package var state: String
    package var nonce: String
    package var challenge: String
    /// `select_account`, `login`, `consent`; `nil` leaves it to the provider, who asks nobody that is signed in already.
    package var prompt: String?
    /// The account name to begin with.
    package var loginHint: String?

    package init(
        endpoint: RequestURL, clientID: String, redirectURI: String, scopes: [String], state: String, nonce: String,
        challenge: String, prompt: String? = nil, loginHint: String? = nil
    ) {
        self.endpoint = endpoint
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.state = state
        self.nonce = nonce
        self.challenge = challenge
        self.prompt = prompt
        self.loginHint = loginHint
    }

    /// Where the browser goes; `nil` for parameters that are longer than a URL may be.
    package var url: RequestURL? {
        var fields: [(name: String, value: String)] = [
            ("client_id", clientID), ("response_type", "code"), ("redirect_uri", redirectURI),
            ("response_mode", "query"), ("scope", scopes.joined(separator: " ")), ("state", state), ("nonce", nonce),
            ("code_challenge", challenge), ("code_challenge_method", CodeVerifier.challengeMethod),
        ]
        if let prompt { fields.append(("prompt", prompt)) }
        if let loginHint { fields.append(("login_hint", loginHint)) }
        return endpoint.adding(fields)
    }
}
