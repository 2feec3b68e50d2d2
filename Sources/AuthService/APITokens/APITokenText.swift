package import BridgeCore
internal import BridgeCrypto

/// The text of an API token: `cbsso_` and 32 random bytes as base64url, 49 characters.
///
/// The prefix is for people and for scanners that look for secrets in repositories and logs.
package enum APITokenText {
    package static let prefix = "cbsso_"
    private static let randomSize = 32

    /// Makes a new one; throws `internal` when the machine has no randomness.
    package static func make() throws(StoreError) -> Secret {
        do throws(CryptoError) {
            return Secret(Array((prefix + Base64URL.encode(try SecureRandom.bytes(randomSize))).utf8))
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }

    /// SHA-256 of the text, which is what a store knows of it; `nil` for what has not the form of a token.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package static func digest(_ text: Secret) throws(StoreError) -> [UInt8]? {
        let bytes = text.withBytes { span in span.indices.map { span[$0] } }
        guard bytes.starts(with: prefix.utf8),
            Base64URL.decode(bytes.dropFirst(prefix.utf8.count))?.count == randomSize
        else { return nil }
        do throws(CryptoError) {
            return try SHA256Digest(of: bytes).bytes
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }
}
