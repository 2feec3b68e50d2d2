/// The SHA-256 of one compact token, computed when it is first asked for and then known.
public struct TokenDigest {
    @usableFromInline var known: SHA256Digest?

    /// Not computed yet.
    @inlinable
    public init() {}

    /// The digest of `compact`, which has to be the same token each time.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    @inlinable
    public mutating func value(of compact: Span<UInt8>, by verifier: TokenVerifier) throws(CryptoError) -> SHA256Digest
    {
        if let known { return known }
        let digest = try verifier.digest(compact)
        known = digest
        return digest
    }
}
