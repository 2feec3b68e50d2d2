internal import BridgeTesting
internal import COpenSSL

/// Makes certificates with what real ones have and what nobody would write: names of every string type, odd dates and
/// serial numbers, extensions of any content, keys of every algorithm.
struct CertificateMaker: ~Copyable {
    /// EVP_PKEY, owned: what certificates are about, and those of them that sign the same bytes every time.
    private let subjects: [OpaquePointer]
    private let signers: [OpaquePointer]

    /// - Throws: `OracleFailure`, `SystemFailure` where the sample keys cannot be read.
    init() throws {
        var subjects: [OpaquePointer] = []
        for name in Self.publicKeys {
            subjects.append(try Self.key(name) { PEM_read_bio_PUBKEY($0, nil, nil, nil) })
        }
        var signers: [OpaquePointer] = []
        for name in Self.privateKeys {
            signers.append(try Self.key(name) { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) })
        }
        (self.subjects, self.signers) = (subjects, signers)
    }

    deinit {
        for key in subjects + signers { EVP_PKEY_free(key) }
    }

    private static let publicKeys = [
        "salesforce/CobrowseIO.pub.pem", "keys/Other.pub.pem", "weak/rsa-1024.pub.pem", "weak/exponent-3.pub.pem",
        "foreign/ec-p256.pub.pem", "foreign/ed25519.pub.pem", "foreign/rsa-pss.pub.pem",
    ]
    private static let privateKeys = [
        "salesforce/CobrowseIO-TEST-ONLY.key.pem", "weak/rsa-1024-TEST-ONLY.key.pem",
        "foreign/ed25519-TEST-ONLY.key.pem",
    ]

    private static func key(_ name: String, _ read: (OpaquePointer) -> OpaquePointer?) throws -> OpaquePointer {
        let bytes = try RepositoryFile("Certificates/\(name)").bytes()
        let key = bytes.withUnsafeBytes { raw -> OpaquePointer? in
            guard let bio = BIO_new_mem_buf(raw.baseAddress, Int32(raw.count)) else { return nil }
            defer { BIO_free(bio) }
            return read(bio)
        }
        guard let key else { throw OracleFailure("\(name) cannot be read") }
        return key
    }

    /// One more certificate, DER; `nil` where OpenSSL does not encode what it was made of.
    func make(using random: inout SeededGenerator) throws -> [UInt8]? {
        guard let certificate = X509_new() else { throw OracleFailure("X509_new failed") }
        defer { X509_free(certificate) }
        X509_set_version(certificate, random.below(8) == 0 ? 0 : 2)
        setSerial(of: certificate, using: &random)
        addNames(to: X509_get_subject_name(certificate), using: &random)
        if random.below(3) == 0 {
            addNames(to: X509_get_issuer_name(certificate), using: &random)
        } else {
            X509_set_issuer_name(certificate, X509_get_subject_name(certificate))
        }
        let start = Int(random.below(1 << 32)) - (1 << 30)
        ASN1_TIME_set(X509_getm_notBefore(certificate), start)
        ASN1_TIME_set(X509_getm_notAfter(certificate), start + random.below(1 << 33))
        X509_set_pubkey(certificate, subjects[random.below(subjects.count)])
        for _ in 0..<random.below(5) { addExtension(to: certificate, using: &random) }
        let signer = signers[random.below(signers.count)]
        let digests = [EVP_sha256(), EVP_sha256(), EVP_sha1(), EVP_sha512(), EVP_md5()]
        let digest = EVP_PKEY_get_base_id(signer) == EVP_PKEY_ED25519 ? nil : digests[random.below(digests.count)]
        defer { ERR_clear_error() }
        guard X509_sign(certificate, signer, digest) > 0 else { return nil }
        return try encoded(certificate)
    }

    private func encoded(_ certificate: OpaquePointer) throws -> [UInt8] {
        var der: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(certificate, &der)
        guard count > 0, let der else { throw OracleFailure("i2d_X509 failed") }
        defer { bridge_OPENSSL_free(der) }
        return Array(UnsafeBufferPointer(start: der, count: Int(count)))
    }

    private func setSerial(of certificate: OpaquePointer, using random: inout SeededGenerator) {
        let bytes = random.bytes(random.below(22))
        guard let number = BN_bin2bn(bytes, Int32(bytes.count), nil) else { return }
        defer { BN_free(number) }
        if random.below(4) == 0 { BN_set_negative(number, 1) }
        BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate))
    }

    private func addNames(to name: OpaquePointer?, using random: inout SeededGenerator) {
        let kinds = [
            NID_commonName, NID_organizationName, NID_organizationalUnitName, NID_countryName, NID_localityName,
            NID_pkcs9_emailAddress, NID_domainComponent, NID_serialNumber,
        ]
        let types = [
            V_ASN1_UTF8STRING, V_ASN1_PRINTABLESTRING, V_ASN1_BMPSTRING, V_ASN1_T61STRING, V_ASN1_IA5STRING,
            V_ASN1_UNIVERSALSTRING, V_ASN1_OCTET_STRING,
        ]
        for _ in 0..<random.below(6) {
            let value =
                random.below(3) == 0 ? random.bytes(random.below(80)) : Array("Büro 張 \(random.below(100))".utf8)
            let joins = random.below(6) == 0 ? Int32(-1) : 0
            X509_NAME_add_entry_by_NID(
                name, kinds[random.below(kinds.count)], types[random.below(types.count)], value, Int32(value.count), -1,
                joins)
        }
    }

    private func addExtension(to certificate: OpaquePointer, using random: inout SeededGenerator) {
        let kinds = [
            NID_basic_constraints, NID_key_usage, NID_subject_alt_name, NID_authority_key_identifier,
            NID_subject_key_identifier, NID_netscape_comment, NID_ext_key_usage,
        ]
        let contents: [[UInt8]] = [[0x30, 0x03, 0x01, 0x01, 0xFF], [0x03, 0x02, 0x07, 0x80], [0x30, 0x00]]
        let content = random.below(2) == 0 ? random.bytes(random.below(60)) : contents[random.below(contents.count)]
        guard let data = ASN1_OCTET_STRING_new() else { return }
        defer { ASN1_OCTET_STRING_free(data) }
        ASN1_OCTET_STRING_set(data, content, Int32(content.count))
        let made = X509_EXTENSION_create_by_NID(
            nil, kinds[random.below(kinds.count)], random.below(3) == 0 ? 1 : 0, data)
        guard let made else { return }
        defer { X509_EXTENSION_free(made) }
        X509_add_ext(certificate, made, -1)
    }
}

extension SeededGenerator {
    /// So many bytes.
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }

    /// One of them.
    mutating func one<Element>(of elements: [Element]) -> Element { elements[below(elements.count)] }
}
