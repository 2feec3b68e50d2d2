import BridgeCore
import BridgeCrypto

/// `at_hash` (OpenID Connect Core 1.0 §3.1.3.6).
enum IDTokenHash {
    /// The left half of the SHA-256 of a token; empty where OpenSSL fails.
    static func of(_ token: String) -> String {
        guard let digest = try? SHA256Digest(of: Array(token.utf8)) else { return "" }
        return Base64URL.encode(Array(digest.bytes.prefix(16)))
    }
}
