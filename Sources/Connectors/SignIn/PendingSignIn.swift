package import AuthService
package import BridgeCore
internal import BridgeCrypto
package import HTTPMessage

/// What is remembered of a sign-in while the browser is at the provider's. Kept sealed, taken out once.
package struct PendingSignIn: Sendable {
    package let license: License
    /// Which of the tenant's connections: `dynamics:default`.
    package let connection: String
    package let purpose: SignInPurpose
    /// Where it returns to; `nil` where that is not for the request to say.
    package let redirectTo: RequestURL?
    /// Who asked for it, by the name of `Access`, where the result is for them alone.
    package let caller: String?
    /// Comes back in the ID token.
    let nonce: String
    /// Sent with the code.
    let verifier: Secret
    package let createdAt: Timestamp

    /// How long a sign-in may take, in seconds.
    package static let lifetime: Int64 = 600

    init(_ intent: SignInIntent, nonce: String, verifier: Secret, createdAt: Timestamp) {
        license = intent.license
        connection = intent.connection
        purpose = intent.purpose
        redirectTo = intent.redirectTo
        caller = intent.caller
        self.nonce = nonce
        self.verifier = verifier
        self.createdAt = createdAt
    }

    /// Whether there is still time; a record from the future is as stale as an old one.
    func isCurrent(at now: Timestamp) -> Bool {
        createdAt <= now && now < createdAt.adding(seconds: Self.lifetime)
    }

    /// The name a record is kept under: SHA-256 over state and cookie.
    ///
    /// Whoever has only one of them finds nothing, and so takes nothing out: a state that has leaked ends nobody's sign-in.
    /// No comparison is left that could take a different time, or find two missing values equal.
    /// - Throws: `internal`.
    static func id(state: String, cookie: SignInCookie) throws(ConnectorError) -> String {
        do throws(CryptoError) {
            return Base64URL.encode(try SHA256Digest(of: Array("\(state).\(cookie.value.text)".utf8)).bytes)
        } catch {
            throw ConnectorError(error)
        }
    }
}

/// What somebody signs in for, and where that ends.
package struct SignInIntent: Sendable {
    package let license: License
    package let connection: String
    package let purpose: SignInPurpose
    /// A `RedirectTarget`'s.
    package let redirectTo: RequestURL?
    /// Who asked for it, where the result is for them alone.
    package let caller: String?

    package init(
        license: License, connection: String, purpose: SignInPurpose = .login, redirectTo: RedirectTarget? = nil,
        caller: String? = nil
    ) {
        self.caller = caller
        self.license = license
        self.connection = connection
        self.purpose = purpose
        self.redirectTo = redirectTo?.url
    }
}
