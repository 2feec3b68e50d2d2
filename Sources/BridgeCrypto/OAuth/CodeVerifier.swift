package import BridgeCore

/// The secret that proves that a code is redeemed by whoever asked for it (PKCE, RFC 7636 §4.1).
package struct CodeVerifier: Sendable {
    /// Sent with the code, as the form's `code_verifier`.
    package let secret: Secret
    /// Sent ahead with the browser as `code_challenge`: base64url of SHA-256 over the verifier (§4.2, `S256`).
    package let challenge: String

    /// The name of the challenge's method; without it `plain` would be assumed.
    package static let challengeMethod = "S256"

    /// A new one of 256 random bits.
    ///
    /// - Throws: `internal`.
    package init(from random: some RandomSource) throws(CryptoError) {
        try self.init(text: try random.token())
    }

    /// One that was made before.
    ///
    /// - Throws: `internal`.
    package init(text: String) throws(CryptoError) {
        secret = Secret(Array(text.utf8))
        challenge = Base64URL.encode(try SHA256Digest(of: Array(text.utf8)).bytes)
    }
}
