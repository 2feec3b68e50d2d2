internal import BridgeCore

/// Where unguessable values come from: states, nonces, verifiers, ids. Tests have one that repeats itself.
package protocol RandomSource: Sendable {
    /// `count` bytes that nobody can foresee.
    ///
    /// - Throws: `internal` when the machine has no randomness to give.
    func bytes(_ count: Int) throws(CryptoError) -> [UInt8]
}

/// The machine's randomness, by way of OpenSSL's generator.
package struct SystemRandomSource: RandomSource {
    package init() {}

    package func bytes(_ count: Int) throws(CryptoError) -> [UInt8] { try SecureRandom.bytes(count) }
}

extension RandomSource {
    /// 256 random bits as 43 characters of base64url: fit for a URL, a cookie, a form.
    package func token() throws(CryptoError) -> String { Base64URL.encode(try bytes(32)) }
}
