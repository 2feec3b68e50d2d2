package import BridgeCore
package import BridgeCrypto

/// What tells that two connections share a credential, and nothing else: 64 bits of a digest.
package enum CredentialMark {
    /// Of a client's secret. Entra makes secrets of 40 random characters, Salesforce longer ones; nobody finds one by trying.
    ///
    /// - Throws: `internal`.
    package static func secret(_ secret: Secret, client clientID: String) throws(CryptoError) -> String {
        try digest("client secret \(clientID) ", secret.withBytes { span in span.indices.map { span[$0] } })
    }

    /// Of the key that a certificate belongs to.
    ///
    /// - Throws: `internal`.
    package static func certificate(_ certificate: Certificate) throws(CryptoError) -> String {
        try digest("client certificate ", certificate.der)
    }

    /// Of a key whose certificate nobody gave.
    ///
    /// - Throws: `internal`.
    package static func key(_ key: RSAPrivateKey) throws(CryptoError) -> String {
        try digest("client key ", Array(key.publicKey.thumbprint.utf8))
    }

    private static func digest(_ prefix: String, _ bytes: [UInt8]) throws(CryptoError) -> String {
        Hex.encode(Array(try SHA256Digest(of: Array(prefix.utf8) + bytes).bytes.prefix(8)))
    }
}
