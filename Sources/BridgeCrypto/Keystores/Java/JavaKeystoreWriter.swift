internal import BridgeCore
internal import COpenSSL

/// Writes Java keystores, version 2, which every Java reads.
struct JavaKeystoreWriter {
    /// What is to be kept under an alias.
    enum Content {
        case privateKey(RSAPrivateKey, chain: [Certificate])
        case certificate(Certificate)
    }

    private var entries: [UInt8] = []
    private var count: UInt32 = 0

    /// Adds an entry. Java finds no alias that has capital letters in the file, so it is written in small ones.
    mutating func add(
        _ alias: String, _ content: Content, createdAt: Timestamp, password: borrowing JavaPassword
    ) throws(CryptoError) {
        let name = ModifiedUTF8.encode(alias.lowercased())
        guard let nameLength = UInt16(exactly: name.count) else {
            throw CryptoError(.configurationInvalid, "an alias has at most 65535 bytes")
        }
        switch content {
        case .privateKey: number(UInt32(1))
        case .certificate: number(UInt32(2))
        }
        number(nameLength)
        entries += name
        number(UInt64(bitPattern: createdAt.milliseconds))
        switch content {
        case .privateKey(let key, let chain):
            counted(try Self.protected(key, password))
            number(UInt32(chain.count))
            for certificate in chain { add(certificate) }
        case .certificate(let certificate): add(certificate)
        }
        count += 1
    }

    /// The whole file.
    func finish(password: borrowing JavaPassword) throws(CryptoError) -> [UInt8] {
        var file: [UInt8] = [0xFE, 0xED, 0xFE, 0xED, 0, 0, 0, 2]
        withUnsafeBytes(of: count.bigEndian) { file += $0 }
        file += entries
        return file + (try JavaKeystore.checkValue(of: file[...], password))
    }

    private mutating func add(_ certificate: Certificate) {
        number(UInt16(5))
        entries += "X.509".utf8
        counted(certificate.der)
    }

    private mutating func number(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { entries += $0 }
    }

    private mutating func counted(_ bytes: [UInt8]) {
        number(UInt32(clamping: bytes.count))
        entries += bytes
    }

    /// The key as EncryptedPrivateKeyInfo; the algorithm has NULL as its parameter, as Java writes it.
    private static func protected(
        _ key: RSAPrivateKey, _ password: borrowing JavaPassword
    ) throws(CryptoError) -> [UInt8] {
        let octets = try JavaKeyProtector.seal(try PrivateKeyInfo.der(of: key), password)
        let encoded = try checked(.internal, "X509_SIG_new failed") { X509_SIG_new() }
        defer { X509_SIG_free(encoded) }
        var algorithm: UnsafeMutablePointer<X509_ALGOR>?
        var content: UnsafeMutablePointer<ASN1_OCTET_STRING>?
        X509_SIG_getm(encoded, &algorithm, &content)
        try checkedStatus("X509_ALGOR_set0") {
            X509_ALGOR_set0(algorithm, OBJ_txt2obj(JavaKeystore.protectionOID, 1), V_ASN1_NULL, nil)
        }
        try checkedStatus("ASN1_OCTET_STRING_set") {
            ASN1_OCTET_STRING_set(content, octets, Int32(clamping: octets.count))
        }
        let bio = try MemoryBIO()
        try checkedStatus("i2d_X509_SIG") {
            bio.withPointer { ASN1_item_i2d_bio(X509_SIG_it(), $0, UnsafeRawPointer(encoded)) }
        }
        return bio.contents
    }
}
