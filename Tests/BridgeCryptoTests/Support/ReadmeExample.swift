import BridgeCore
import BridgeCrypto

/// A token for one agent, good for 15 minutes; `pem` is the file of the private key.
func agentToken(for email: String, signedWith pem: [UInt8], now: Timestamp) throws -> String {
    let key = try RSAPrivateKey(reading: pem, source: "signing key")
    return try TokenSigner(key).sign(
        AgentClaims(license: "trial12345", email: email, issuedAt: now, expiresAt: now.adding(seconds: 900)))
}
