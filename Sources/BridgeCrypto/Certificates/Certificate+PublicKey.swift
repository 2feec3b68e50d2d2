internal import BridgeCore
internal import COpenSSL

extension Certificate {
    /// The RSA public key in the certificate.
    ///
    /// - Throws: `key_not_rsa`, `key_too_small`, `certificate_malformed` when OpenSSL cannot decode the key.
    public func publicKey(source: String = "the certificate") throws(CryptoError) -> RSAPublicKey {
        let key = try checked(.certificateMalformed, "the public key in \(source) cannot be decoded") {
            withPointer { X509_get_pubkey($0) }  // get1: owned by the caller
        }
        return try RSAPublicKey(takingOwnershipOf: key, source: source)
    }

    /// The public key of whatever algorithm as PEM: byte for byte what `openssl x509 -pubkey -noout` prints.
    ///
    /// - Throws: `certificate_malformed` when OpenSSL cannot decode the key.
    public func publicKeyPEM(source: String = "the certificate") throws(CryptoError) -> [UInt8] {
        let key = try checked(.certificateMalformed, "the public key in \(source) cannot be decoded") {
            withPointer { X509_get0_pubkey($0) }  // get0: still owned by the certificate
        }
        let bio = try MemoryBIO()
        try checkedStatus("PEM_write_bio_PUBKEY") { bio.withPointer { PEM_write_bio_PUBKEY($0, key) } }
        return bio.contents
    }

    /// The algorithm and size of the public key in words, and the size in bits (0 where it cannot be decoded).
    public var publicKeySummary: (algorithm: String, bits: Int) {
        guard let key = withPointer({ X509_get0_pubkey($0) }) else { return ("unknown", 0) }
        let name = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
        return (name, Int(EVP_PKEY_get_bits(key)))
    }

    /// SHA-256 of the SubjectPublicKeyInfo that `publicKeyPEM` shows, lower-case hexadecimal.
    ///
    /// - Throws: `certificate_malformed` when OpenSSL cannot decode the key.
    public func publicKeySHA256(source: String = "the certificate") throws(CryptoError) -> String {
        let key = try checked(.certificateMalformed, "the public key in \(source) cannot be decoded") {
            withPointer { X509_get0_pubkey($0) }  // get0: still owned by the certificate
        }
        let bio = try MemoryBIO()
        try checkedStatus("i2d_PUBKEY_bio") { bio.withPointer { i2d_PUBKEY_bio($0, key) } }
        return Hex.encode(try SHA256Digest(of: bio.contents).bytes)
    }
}
