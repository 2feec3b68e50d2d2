extension Certificate {
    /// SHA-1 of the DER certificate, 20 bytes: the `x5t` of a JOSE header (RFC 7515 §4.1.7), which names it and proves nothing.
    package func sha1Thumbprint() throws(CryptoError) -> [UInt8] { try SHA1Hasher.digest(der) }

    /// SHA-256 of the DER certificate, 32 bytes: the `x5t#S256` of a JOSE header (RFC 7515 §4.1.8).
    package func sha256Thumbprint() throws(CryptoError) -> [UInt8] { try SHA256Digest(of: der).bytes }
}
