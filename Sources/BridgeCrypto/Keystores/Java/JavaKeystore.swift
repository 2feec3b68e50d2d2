internal import BridgeCore
internal import COpenSSL

/// Sun's keystore (JKS): what `keytool -storetype JKS` writes, Salesforce exports and ServiceNow imports.
enum JavaKeystore {
    /// The OID of Sun's protection of private keys.
    static let protectionOID = "1.3.6.1.4.1.42.2.17.1.1"
    private static let whitener = Array("Mighty Aphrodite".utf8)

    /// Opens a keystore; errors as `Keystore.init`.
    static func read(
        _ bytes: [UInt8], _ passwords: KeystorePasswords, source: String
    ) throws(CryptoError) -> Keystore {
        let layout = try JavaKeystoreLayout(bytes, source: source)
        guard let store = passwords.store else { throw .passwordMissing(for: source) }
        let password = try JavaPassword(store, source: source)
        let expected = try checkValue(of: bytes[..<layout.checkValue.lowerBound], password)
        guard ConstantTime.areEqual(expected, Array(bytes[layout.checkValue])) else {
            throw try mismatch(bytes, layout, password, source: source)
        }
        var entries: [KeystoreEntry] = []
        for entry in layout.entries { entries.append(try self.entry(entry, of: bytes, passwords, source: source)) }
        return Keystore(format: .jks, entries: entries)
    }

    /// The check value at the end of a keystore, over what comes before.
    static func checkValue(
        of bytes: ArraySlice<UInt8>, _ password: borrowing JavaPassword
    ) throws(CryptoError) -> [UInt8] {
        let hasher = try password.hasher()
        try whitener.span.bytes.withUnsafeBytes { raw throws(CryptoError) in try hasher.update(raw) }
        try bytes.span.bytes.withUnsafeBytes { raw throws(CryptoError) in try hasher.update(raw) }
        var digest = WipedBytes(count: SHA1Hasher.size)
        try digest.withMutableBytes { digest throws(CryptoError) in try hasher.finish(into: digest) }
        return digest.withBytes { Array($0) }
    }

    /// The check value is wrong for a wrong password and for changed bytes alike; a private key that the password opens
    /// tells the two apart.
    private static func mismatch(
        _ bytes: [UInt8], _ layout: JavaKeystoreLayout, _ password: borrowing JavaPassword, source: String
    ) throws(CryptoError) -> CryptoError {
        for entry in layout.entries {
            guard let key = entry.protectedKey, let opened = try open(bytes[key], password) else { continue }
            if opened.isIntact || opened.beginsLikeAKey {
                return CryptoError(
                    .certificateMalformed,
                    "\(source) is damaged: the password is right, and bytes have changed since it was saved",
                    hint: "fetch the file again, as a binary file")
            }
        }
        return CryptoError(
            .passwordWrong, "the password does not open \(source)",
            hint: "check the file that holds it; a keystore that was changed on its way looks the same")
    }

    private static func entry(
        _ entry: JavaKeystoreLayout.Entry, of bytes: [UInt8], _ passwords: KeystorePasswords, source: String
    ) throws(CryptoError) -> KeystoreEntry {
        let name = "\(quoted(entry.alias)) in \(source)"
        var certificates: [Certificate] = []
        for range in entry.certificates {
            certificates.append(try Certificate(der: bytes[range], source: "a certificate of \(name)"))
        }
        // Java's dates are signed; those beyond any calendar are shown as the end of it.
        let created = Timestamp(milliseconds: Int64(bitPattern: entry.created))
        let content: KeystoreEntry.Content =
            if let key = entry.protectedKey {
                .privateKey(try self.key(bytes[key], entry, certificates, passwords, source: source))
            } else {
                .certificate(try certificates.first.orMalformed(name))
            }
        return KeystoreEntry(alias: entry.alias, createdAt: created, content: content)
    }

    private static func key(
        _ octets: ArraySlice<UInt8>, _ entry: JavaKeystoreLayout.Entry, _ chain: [Certificate],
        _ passwords: KeystorePasswords, source: String
    ) throws(CryptoError) -> KeystoreEntry.Key {
        let name = "the private key \(quoted(entry.alias)) in \(source)"
        for secret in passwords.forKeys {
            let password = try JavaPassword(secret, source: source)
            guard let opened = try open(octets, password) else {
                let failure = CryptoError(
                    .keystoreUnsupported, "\(name) is not protected in Sun's way", hint: "export it once more as JKS")
                return KeystoreEntry.Key(failure, chain: chain)
            }
            guard opened.isIntact else { continue }
            guard let pointer = opened.key.withBytes({ PrivateKeyInfo.key($0) }) else {
                return KeystoreEntry.Key(
                    CryptoError(.certificateMalformed, "\(name) is not in PKCS#8"), chain: chain)
            }
            return KeystoreEntry.Key(takingOwnershipOf: pointer, chain: chain, source: name)
        }
        return KeystoreEntry.Key(.keyLocked(alias: entry.alias, passwords, source: source), chain: chain)
    }

    /// Opens an EncryptedPrivateKeyInfo; `nil` where it is none, or of another protection.
    private static func open(
        _ der: ArraySlice<UInt8>, _ password: borrowing JavaPassword
    ) throws(CryptoError) -> JavaKeyProtector.Opened? {
        guard let octets = octets(of: der) else { return nil }
        return try octets.span.bytes.withUnsafeBytes { raw throws(CryptoError) in
            try JavaKeyProtector.open(raw, password)
        }
    }

    /// The protected octets of an EncryptedPrivateKeyInfo (RFC 5208 §6) that names Sun's protection.
    private static func octets(of der: ArraySlice<UInt8>) -> [UInt8]? {
        let encoded = der.span.bytes.withUnsafeBytes { raw -> OpaquePointer? in
            var position = raw.baseAddress?.assumingMemoryBound(to: UInt8.self)
            let start = position
            guard let encoded = d2i_X509_SIG(nil, &position, raw.count) else { return nil }
            if let start, position == start + raw.count { return encoded }
            X509_SIG_free(encoded)
            return nil
        }
        ErrorQueue.clear()
        guard let encoded else { return nil }
        defer { X509_SIG_free(encoded) }
        var algorithm: UnsafePointer<X509_ALGOR>?
        var content: UnsafePointer<ASN1_OCTET_STRING>?
        X509_SIG_get0(encoded, &algorithm, &content)
        guard let algorithm, let content, OpenSSL.oid(of: algorithm.pointee.algorithm) == protectionOID else {
            return nil
        }
        let start = ASN1_STRING_get0_data(content)
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(content))))
    }
}

extension Optional<Certificate> {
    fileprivate func orMalformed(_ name: String) throws(CryptoError) -> Certificate {
        guard let certificate = self else { throw CryptoError(.certificateMalformed, "\(name) has no certificate") }
        return certificate
    }
}
