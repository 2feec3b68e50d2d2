internal import BridgeCore
internal import BridgeCrypto

/// What the browser carries back in the place of a token: 256 random bits, good for one exchange within a minute.
package struct HandOffCode: Sendable {
    /// The code, 43 characters of base64url; for the browser and for nobody else.
    package let text: String
    /// What it is kept under: SHA-256 of the code, as base64url.
    let id: String

    /// How long it is good for, in seconds.
    package static let lifetime: Int64 = 60

    /// A new one.
    ///
    /// - Throws: `internal` when the machine has no randomness.
    package init() throws(StoreError) {
        do throws(CryptoError) {
            text = Base64URL.encode(try SecureRandom.bytes(Self.size))
            id = try Self.id(of: text)
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }

    /// One that somebody brings; `nil` for what has not the form of one.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package init?(_ text: String) throws(StoreError) {
        guard Base64URL.decode(text.utf8)?.count == Self.size else { return nil }
        do throws(CryptoError) {
            self.text = text
            id = try Self.id(of: text)
        } catch {
            throw StoreError(.internal, error.detail)
        }
    }

    private static let size = 32

    private static func id(of text: String) throws(CryptoError) -> String {
        Base64URL.encode(try SHA256Digest(of: Array(text.utf8)).bytes)
    }
}

extension HandOffCode: CustomStringConvertible, CustomReflectable {
    package var description: String { "<code>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
