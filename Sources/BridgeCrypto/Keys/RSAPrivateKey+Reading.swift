public import BridgeCore
internal import COpenSSL

extension RSAPrivateKey {
    /// Reads a private key: PKCS#8 (RFC 5208), encrypted PKCS#8 or PKCS#1, as PEM or DER.
    ///
    /// - Parameters:
    ///   - bytes: the file; text around the PEM block does not matter.
    ///   - passphrase: for an encrypted key; `nil` where none is at hand.
    ///   - source: what the bytes are called in errors, such as a file name.
    /// - Throws: `password_wrong` (also when one is needed and none was given), `certificate_malformed` where there is
    ///   no private key, with the reason when the file is something else, `key_not_rsa`, `key_too_small`,
    ///   `keystore_unsupported` where opening it would take hours.
    public convenience init(reading bytes: [UInt8], passphrase: Secret? = nil, source: String) throws(CryptoError) {
        try self.init(
            reading: bytes, passphrase: passphrase, source: source, iterationLimit: KeyDerivationBudget.standard)
    }

    /// The same with another limit to the work that deriving a key from the passphrase may be.
    package convenience init(
        reading bytes: [UInt8], passphrase: Secret?, source: String, iterationLimit: Int
    ) throws(CryptoError) {
        OpenSSL.initialize
        let labels = PEMText.labels(in: bytes)
        let isEncrypted =
            labels.isEmpty
            ? bytes.span.bytes.withUnsafeBytes(Self.isEncryptedEncoding)
            : labels.contains("ENCRYPTED PRIVATE KEY") || Self.hasEncryptedHeader(bytes)
        if isEncrypted, passphrase == nil {
            throw CryptoError(
                .passwordWrong, "\(source) is encrypted and no passphrase was given",
                hint: "name a file that holds it with --password-file")
        }
        if isEncrypted {
            try EncryptedKeyWork.check(bytes, isPEM: !labels.isEmpty, limit: iterationLimit, source: source)
        }
        ErrorQueue.clear()
        let pointer = bytes.span.bytes.withUnsafeBytes { raw in
            Self.decode(raw, isPEM: !labels.isEmpty, passphrase: passphrase)
        }
        guard let pointer else {
            let messages = ErrorQueue.drain()
            throw Self.failure(source: source, labels: labels, isEncrypted: isEncrypted, messages: messages)
        }
        try self.init(takingOwnershipOf: pointer, source: source)
    }

    private static func decode(
        _ raw: UnsafeRawBufferPointer, isPEM: Bool, passphrase: Secret?
    ) -> OpaquePointer? {
        guard mayHoldKey(raw, isPEM: isPEM), let bio = try? MemoryBIO(reading: raw) else { return nil }
        guard let passphrase else {
            // The callback refuses a passphrase; without one libcrypto asks on the terminal.
            return bio.withPointer {
                isPEM ? PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) : d2i_PrivateKey_bio($0, nil)
            }
        }
        return passphrase.withBytes { phrase in
            phrase.withUnsafeBufferPointer { buffer in
                var phrase = buffer
                return withUnsafeMutablePointer(to: &phrase) { context in
                    bio.withPointer { decode($0, isPEM: isPEM, context) }
                }
            }
        }
    }

    /// Whether the first block that is called a private key, or the DER, begins like one, encrypted or not: it takes
    /// OpenSSL two milliseconds to find out that it does not.
    private static func mayHoldKey(_ raw: UnsafeRawBufferPointer, isPEM: Bool) -> Bool {
        guard isPEM else {
            return beginsWithVersion(raw.bindMemory(to: UInt8.self)) || isEncryptedEncoding(raw)
        }
        defer { ErrorQueue.clear() }
        var rest = raw[...]
        while let block = ArmouredValue(firstIn: UnsafeRawBufferPointer(rebasing: rest)) {
            if block.label.hasSuffix("PRIVATE KEY") {
                return block.isEncrypted || block.label == "ENCRYPTED PRIVATE KEY"
                    || block.withContent(beginsWithVersion)
            }
            rest = rest.dropFirst(block.length)
        }
        return false
    }

    /// A passphrase that is at hand does not mean that the key is encrypted.
    private static func decode(
        _ bio: OpaquePointer, isPEM: Bool, _ phrase: UnsafeMutableRawPointer
    ) -> OpaquePointer? {
        if isPEM { return PEM_read_bio_PrivateKey(bio, nil, copyPassphrase, phrase) }
        if let key = d2i_PKCS8PrivateKey_bio(bio, nil, copyPassphrase, phrase) { return key }
        guard bridge_BIO_reset(bio) == 1 else { return nil }
        return d2i_PrivateKey_bio(bio, nil)
    }

    /// Whether `bytes` are an encrypted PKCS#8 key, DER (RFC 5958 §3).
    private static func isEncryptedEncoding(_ raw: UnsafeRawBufferPointer) -> Bool {
        var start = raw.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let sealed = d2i_X509_SIG(nil, &start, raw.count)
        ErrorQueue.clear()
        X509_SIG_free(sealed)
        return sealed != nil
    }

    /// Whether `bytes` are a DER private key of whatever algorithm, not encrypted.
    static func isEncoded(in bytes: [UInt8]) -> Bool {
        guard bytes.withUnsafeBufferPointer(beginsWithVersion) else { return false }
        let key = bytes.span.bytes.withUnsafeBytes { raw in
            var start = raw.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return d2i_AutoPrivateKey(nil, &start, raw.count)
        }
        ErrorQueue.clear()
        EVP_PKEY_free(key)
        return key != nil
    }

    /// Whether the first element of a SEQUENCE is the INTEGER 0 or 1, as in PKCS#1, PKCS#8 and SEC 1 alike: OpenSSL takes a
    /// thousand times as long to find out that something is no private key.
    static func beginsWithVersion(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count > 6, bytes[0] == 0x30 else { return false }
        let content = bytes.dropFirst(2 + (bytes[1] > 0x80 ? Int(bytes[1] & 0x7F) : 0))
        return content.starts(with: [0x02, 0x01, 0x00]) || content.starts(with: [0x02, 0x01, 0x01])
    }

    /// The old encryption of PKCS#1 files announces itself inside the block (RFC 1421 §4.6.1.1).
    private static func hasEncryptedHeader(_ bytes: [UInt8]) -> Bool {
        ByteSearch.contains("Proc-Type: 4,ENCRYPTED", in: bytes)
    }

    private static func failure(
        source: String, labels: [String], isEncrypted: Bool, messages: [String]
    ) -> CryptoError {
        if isEncrypted {
            return CryptoError(
                .passwordWrong, "the passphrase does not open \(source)", hint: "check the file that holds it",
                underlying: messages)
        }
        let (detail, hint) =
            if PEMText.holdsPrivateKey(labels) {
                ("\(source) holds a private key that cannot be read", "the file may be cut off or damaged")
            } else if PEMText.holdsCertificate(labels) {
                (
                    "\(source) is a certificate, which holds no private key",
                    "a private key comes out of a keystore export, or from where the key pair was made"
                )
            } else if PEMText.holdsPublicKey(labels) {
                ("\(source) is a public key, and signing needs the private key", "give the other half of the pair")
            } else {
                (
                    "\(source) holds no private key",
                    "expected is a file that begins with -----BEGIN PRIVATE KEY-----"
                )
            }
        return CryptoError(.certificateMalformed, detail, hint: hint, underlying: messages)
    }
}

/// OpenSSL's passphrase callback (pem_password_cb): copies the phrase that `context` points to.
private func copyPassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _ isWriting: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let buffer, let context else { return -1 }
    let phrase = context.assumingMemoryBound(to: UnsafeBufferPointer<UInt8>.self).pointee
    guard phrase.count <= size else { return -1 }
    guard let base = phrase.baseAddress else { return 0 }
    UnsafeMutableRawPointer(buffer).copyMemory(from: base, byteCount: phrase.count)
    return Int32(phrase.count)
}

extension RSAPrivateKey {
    /// The key as an unencrypted PKCS#8 PEM block, to be written to a file of mode 0600 and nowhere else.
    public func exportPEM() throws(CryptoError) -> Secret {
        let bio = try MemoryBIO()
        try checkedStatus("PEM_write_bio_PKCS8PrivateKey") {
            bio.withPointer { bio in
                withPointer { PEM_write_bio_PKCS8PrivateKey(bio, $0, nil, nil, 0, nil, nil) }
            }
        }
        return Secret(bio.contents)
    }
}
