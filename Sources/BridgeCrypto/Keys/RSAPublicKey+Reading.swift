internal import BridgeCore
internal import COpenSSL

extension RSAPublicKey {
    /// Reads a SubjectPublicKeyInfo, DER.
    ///
    /// - Throws: `certificate_malformed`, `key_not_rsa`, `key_too_small`.
    public convenience init(subjectPublicKeyInfo der: [UInt8], source: String = "the public key") throws(CryptoError) {
        if let plain = PlainRSAKey(subjectPublicKeyInfo: der) {
            try self.init(plain, source: source)
            return
        }
        OpenSSL.initialize
        let pointer = try der.span.bytes.withUnsafeBytes { raw throws(CryptoError) in
            let bio = try MemoryBIO(reading: raw)
            return try checked(.certificateMalformed, "\(source) is no DER public key") {
                bio.withPointer { d2i_PUBKEY_bio($0, nil) }
            }
        }
        try self.init(takingOwnershipOf: pointer, source: source)
    }

    /// Makes a key of its numbers, both unsigned big-endian, as a JWK carries them.
    ///
    /// - Throws: `key_too_small` for numbers that make no strong key, `internal`.
    public convenience init(
        modulus: [UInt8], exponent: [UInt8], source: String = "the key"
    ) throws(CryptoError) {
        OpenSSL.initialize
        // Checked before OpenSSL sees them: some of these numbers make it work very long.
        try RSAKeyStrength.check(modulus: modulus, exponent: exponent, source: source)
        let pointer = try RSAPublicKey.build(BigNumber(bigEndian: modulus), BigNumber(bigEndian: exponent))
        try self.init(
            takingOwnershipOf: pointer, modulus: Array(modulus.drop { $0 == 0 }),
            exponent: Array(exponent.drop { $0 == 0 }))
    }

    /// Makes a key of its numbers as they stand in a certificate.
    ///
    /// - Throws: `key_too_small`, `internal`.
    convenience init(_ plain: PlainRSAKey, source: String) throws(CryptoError) {
        try self.init(modulus: plain.modulus, exponent: plain.exponent, source: source)
    }

    /// Reads a public key as administrators have it: PEM (`PUBLIC KEY` or `RSA PUBLIC KEY`) or DER of either form.
    ///
    /// - Parameter source: what the bytes are called in errors, such as a file name.
    /// - Throws: `private_key_given` where a private key was handed in, `certificate_malformed` where there is no
    ///   public key, `key_not_rsa`, `key_too_small`.
    public convenience init(reading bytes: [UInt8], source: String) throws(CryptoError) {
        OpenSSL.initialize
        let labels = PEMText.labels(in: bytes)
        guard !PEMText.holdsPrivateKey(labels) else { throw .privateKey(in: source) }
        if let plain = RSAPublicKey.plainKey(in: bytes, isPEM: !labels.isEmpty) {
            try self.init(plain, source: source)
            return
        }
        ErrorQueue.clear()
        // Asked only where there is one: it takes OpenSSL half a millisecond to find none.
        let pointer =
            labels.isEmpty || PEMText.holdsPublicKey(labels)
            ? bytes.span.bytes.withUnsafeBytes { RSAPublicKey.decode($0, isPEM: !labels.isEmpty) } : nil
        guard let pointer else {
            let messages = ErrorQueue.drain()
            if labels.isEmpty, RSAPrivateKey.isEncoded(in: bytes) { throw .privateKey(in: source) }
            throw RSAPublicKey.failure(source: source, labels: labels, messages: messages)
        }
        try self.init(takingOwnershipOf: pointer, source: source)
    }

    private static func failure(source: String, labels: [String], messages: [String]) -> CryptoError {
        let (detail, hint) =
            if PEMText.holdsCertificate(labels) {
                ("\(source) is a certificate, not a public key", "cert pubkey prints the public key in it")
            } else if PEMText.holdsPublicKey(labels) {
                ("\(source) holds a public key that cannot be read", "the file may be cut off or damaged")
            } else {
                (
                    "\(source) holds no public key",
                    "expected is a file that begins with -----BEGIN PUBLIC KEY-----"
                )
            }
        return CryptoError(.certificateMalformed, detail, hint: hint, underlying: messages)
    }

    /// The key of a file that is nothing else, or whose first PEM block is one.
    private static func plainKey(in bytes: [UInt8], isPEM: Bool) -> PlainRSAKey? {
        guard isPEM else { return PlainRSAKey(subjectPublicKeyInfo: bytes) }
        defer { ErrorQueue.clear() }
        let content = bytes.span.bytes.withUnsafeBytes { raw -> [UInt8]? in
            guard let block = ArmouredValue(firstIn: raw), block.label == PEM_STRING_PUBLIC, !block.isEncrypted else {
                return nil
            }
            return block.bytes
        }
        return content.flatMap { PlainRSAKey(subjectPublicKeyInfo: $0) }
    }

    /// Tries the forms of a public key one after the other: SPKI, then PKCS#1 (RFC 8017 A.1.1).
    private static func decode(_ raw: UnsafeRawBufferPointer, isPEM: Bool) -> OpaquePointer? {
        guard let base = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
        if isPEM {
            guard let bio = try? MemoryBIO(reading: raw) else { return nil }
            // Reads both PEM forms; the callback refuses a passphrase, without one libcrypto asks on the terminal.
            return bio.withPointer { PEM_read_bio_PUBKEY($0, nil, { _, _, _, _ in -1 }, nil) }
                ?? decodePKCS1(PEM: raw)
        }
        var start: UnsafePointer<UInt8>? = base
        if let key = d2i_PUBKEY(nil, &start, raw.count) { return key }
        start = base
        return d2i_PublicKey(EVP_PKEY_RSA, nil, &start, raw.count)
    }

    private static func decodePKCS1(PEM raw: UnsafeRawBufferPointer) -> OpaquePointer? {
        guard let bio = try? MemoryBIO(reading: raw) else { return nil }
        var data: UnsafeMutablePointer<UInt8>?
        var count = 0
        let found = bio.withPointer {
            PEM_bytes_read_bio(&data, &count, nil, PEM_STRING_RSA_PUBLIC, $0, { _, _, _, _ in -1 }, nil)
        }
        guard found == 1, let data else { return nil }
        defer { bridge_OPENSSL_free(data) }
        var start: UnsafePointer<UInt8>? = UnsafePointer(data)
        return d2i_PublicKey(EVP_PKEY_RSA, nil, &start, count)
    }

    private static func build(
        _ modulus: borrowing BigNumber, _ exponent: borrowing BigNumber
    ) throws(CryptoError) -> OpaquePointer {
        let context = try checked(.internal, "EVP_PKEY_CTX_new_from_name failed") {
            EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        }
        defer { EVP_PKEY_CTX_free(context) }
        let builder = try checked(.internal, "OSSL_PARAM_BLD_new failed") { OSSL_PARAM_BLD_new() }
        defer { OSSL_PARAM_BLD_free(builder) }
        return try checked(.internal, "EVP_PKEY_fromdata failed") {
            let pushed = modulus.withPointer { modulus in
                exponent.withPointer { bridge_OSSL_PARAM_BLD_push_RSA(builder, modulus, $0) == 1 }
            }
            guard pushed, let parameters = OSSL_PARAM_BLD_to_param(builder) else { return nil }
            defer { OSSL_PARAM_free(parameters) }
            var key: OpaquePointer?
            guard EVP_PKEY_fromdata_init(context) == 1,
                EVP_PKEY_fromdata(context, &key, bridge_EVP_PKEY_PUBLIC_KEY(), parameters) == 1
            else { return nil }
            return key
        }
    }
}

extension RSAPublicKey {
    /// The key as a PEM `PUBLIC KEY` block, the bytes that `openssl x509 -pubkey -noout` prints.
    public var pem: String {
        PEMBlock.text(label: "PUBLIC KEY", subjectPublicKeyInfo)
    }

    /// SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal.
    public func subjectPublicKeyInfoSHA256() throws(CryptoError) -> String {
        Hex.encode(try SHA256Digest(of: subjectPublicKeyInfo).bytes)
    }
}

extension CryptoError {
    /// A private key was given where something public belongs.
    static func privateKey(in source: String) -> CryptoError {
        CryptoError(
            .privateKeyGiven, "\(source) holds a private key",
            hint: "give the certificate or the public key; a private key stays with whoever signs, and one that has "
                + "been passed around has to be replaced")
    }
}
