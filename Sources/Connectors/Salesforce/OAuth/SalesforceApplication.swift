package import BridgeCore
package import BridgeCrypto

/// A connected app as the bridge uses it: where its people sign in, which client, and how that proves itself.
package struct SalesforceApplication: Sendable {
    package let login: SalesforceLogin
    /// The consumer key.
    package let clientID: String
    /// The consumer secret: web sign-in, Canvas, and the client credentials flow.
    package let secret: Secret?
    /// The key whose certificate the app has: the JWT bearer flow.
    package let key: RSAPrivateKey?
    /// Whom the bridge reads the org as; `nil` where nobody does, and agents' own tokens read.
    package let integrationUsername: String?

    package init(
        login: SalesforceLogin, clientID: String, secret: Secret?, key: RSAPrivateKey?, integrationUsername: String?
    ) {
        self.login = login
        self.clientID = clientID
        self.secret = secret
        self.key = key
        self.integrationUsername = integrationUsername
    }

    /// How a token of the integration user is had.
    package enum Grant: Sendable {
        /// By an assertion that the key signs.
        case assertion(key: RSAPrivateKey, username: String)
        /// By the secret; the app itself says whom it runs as.
        case clientCredentials(secret: Secret)
    }

    /// `nil` where no integration user reads the org.
    package var grant: Grant? {
        guard let integrationUsername else { return nil }
        if let key { return .assertion(key: key, username: integrationUsername) }
        return secret.map { .clientCredentials(secret: $0) }
    }
}
