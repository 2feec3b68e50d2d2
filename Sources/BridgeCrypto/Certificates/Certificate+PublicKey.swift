internal import BridgeCore
internal import COpenSSL

extension Certificate {
    /// The RSA public key in the certificate.
    ///
    /// - Throws: `key_not_rsa`, `key_too_small`, `certificate_malformed` when OpenSSL cannot decode the key.
    public func publicKey(source: String = "the certificate") throws(CryptoError) -> RSAPublicKey {
        if let plain = plainKey { return try RSAPublicKey(plain, source: source) }
        return try RSAPublicKey(takingOwnershipOf: decodedKey(source), source: source)
    }

    /// The public key of whatever algorithm as PEM: byte for byte what `openssl x509 -pubkey -noout` prints.
    ///
    /// - Throws: `certificate_malformed` when OpenSSL cannot decode the key.
    public func publicKeyPEM(source: String = "the certificate") throws(CryptoError) -> [UInt8] {
        Array(PEMBlock.text(label: "PUBLIC KEY", try printedKey(source)).utf8)
    }

    /// The algorithm and size of the public key in words, and the size in bits (0 where it cannot be decoded).
    public var publicKeySummary: (algorithm: String, bits: Int) {
        if let plain = plainKey { return ("RSA", plain.bits) }
        guard let key = try? decodedKey("the certificate") else { return ("unknown", 0) }
        defer { EVP_PKEY_free(key) }
        let name = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
        return (name, Int(EVP_PKEY_get_bits(key)))
    }

    /// SHA-256 of the SubjectPublicKeyInfo that `publicKeyPEM` shows, lower-case hexadecimal.
    ///
    /// - Throws: `certificate_malformed` when OpenSSL cannot decode the key.
    public func publicKeySHA256(source: String = "the certificate") throws(CryptoError) -> String {
        Hex.encode(try SHA256Digest(of: printedKey(source)).bytes)
    }

    /// Whether its key is the public half of `key`, an EVP_PKEY of whatever algorithm.
    func isPaired(with key: OpaquePointer) -> Bool {
        guard let own = try? decodedKey("the certificate") else { return false }
        defer {
            EVP_PKEY_free(own)
            ErrorQueue.clear()
        }
        return EVP_PKEY_eq(own, key) == 1
    }

    private var plainKey: PlainRSAKey? { PlainRSAKey(subjectPublicKeyInfo: subjectPublicKeyInfo) }

    /// SubjectPublicKeyInfo, DER, as OpenSSL writes the key.
    private func printedKey(_ source: String) throws(CryptoError) -> [UInt8] {
        let written = subjectPublicKeyInfo
        if PlainRSAKey(subjectPublicKeyInfo: written) != nil { return written }
        let key = try decodedKey(source)
        defer { EVP_PKEY_free(key) }
        let bio = try MemoryBIO()
        try checkedStatus("i2d_PUBKEY_bio") { bio.withPointer { i2d_PUBKEY_bio($0, key) } }
        return bio.contents
    }

    /// SubjectPublicKeyInfo, DER, as the certificate has it.
    private var subjectPublicKeyInfo: [UInt8] {
        withPointer { pointer in
            let info = X509_get_X509_PUBKEY(pointer)  // get0: still owned by the certificate
            let count = Int(max(0, i2d_X509_PUBKEY(info, nil)))
            return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
                var place = buffer.baseAddress
                written = Int(max(0, i2d_X509_PUBKEY(info, &place)))
            }
        }
    }

    /// The key as OpenSSL decodes it, EVP_PKEY, owned by the caller.
    private func decodedKey(_ source: String) throws(CryptoError) -> OpaquePointer {
        try checked(.certificateMalformed, "the public key in \(source) cannot be decoded") {
            isKeyDecoded ? withPointer { X509_get_pubkey($0) } : withKeyDecoded { X509_get_pubkey($0) }
        }
    }
}
