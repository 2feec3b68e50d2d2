public import BridgeCore
internal import COpenSSL

extension Certificate {
    /// Makes a self-signed certificate like the ones of Salesforce's Certificate and Key Management: version 3,
    /// sha256WithRSAEncryption, a random serial number, the common name as subject and issuer, no extensions.
    ///
    /// - Parameters:
    ///   - commonName: 1 to 64 characters (RFC 5280 appendix A.1, ub-common-name).
    ///   - days: 1 to 36 500, counted from `start`.
    /// - Throws: `configuration_invalid` for a name or a number outside these, `internal`.
    public static func selfSigned(
        by key: RSAPrivateKey, commonName: String, start: Timestamp, days: Int
    ) throws(CryptoError) -> Certificate {
        try selfSigned(by: key, commonName: commonName, alternativeNames: [], start: start, days: days)
    }

    /// The same, with what a TLS client compares the server with (RFC 5280 §4.2.1.6).
    ///
    /// - Parameter alternativeNames: as OpenSSL writes them: `DNS:localhost`, `IP:127.0.0.1`; none adds no extension.
    /// - Throws: as the other one; `configuration_invalid` for a name that OpenSSL cannot read.
    package static func selfSigned(
        by key: RSAPrivateKey, commonName: String, alternativeNames: [String], start: Timestamp, days: Int
    ) throws(CryptoError) -> Certificate {
        guard (1...64).contains(commonName.unicodeScalars.count) else {
            throw CryptoError(.configurationInvalid, "a common name has 1 to 64 characters")
        }
        guard (1...36_500).contains(days) else {
            throw CryptoError(.configurationInvalid, "a certificate is valid for 1 to 36500 days")
        }
        var serial = try SecureRandom.bytes(16)
        serial[0] &= 0x7F  // positive, as RFC 5280 §4.1.2.2 asks for
        let number = try BigNumber(bigEndian: serial)
        let end = start.adding(seconds: Int64(days) * 86_400)
        let names = try alternativeNames.isEmpty ? nil : SubjectAlternativeNames(alternativeNames)
        let pointer = try checked(.internal, "the certificate could not be made") {
            make(key, commonName: commonName, names, serial: number, start: start, end: end)
        }
        return try Certificate(takingOwnershipOf: pointer)
    }

    private static func make(
        _ key: RSAPrivateKey, commonName: String, _ names: borrowing SubjectAlternativeNames?,
        serial: borrowing BigNumber, start: Timestamp, end: Timestamp
    ) -> OpaquePointer? {
        guard let certificate = X509_new() else { return nil }
        let name = Array(commonName.utf8)
        let subject = X509_get_subject_name(certificate)  // get0: owned by the certificate
        let made =
            X509_set_version(certificate, 2) == 1  // counts from 0: this is version 3
            && serial.withPointer { BN_to_ASN1_INTEGER($0, X509_get_serialNumber(certificate)) } != nil
            && X509_NAME_add_entry_by_NID(
                subject, NID_commonName, MBSTRING_UTF8, name, Int32(name.count), -1, 0) == 1
            && X509_set_issuer_name(certificate, subject) == 1
            && ASN1_TIME_set(X509_getm_notBefore(certificate), Int(start.seconds)) != nil
            && ASN1_TIME_set(X509_getm_notAfter(certificate), Int(end.seconds)) != nil
            && (names?.add(to: certificate) ?? true)
            && key.withPointer { X509_set_pubkey(certificate, $0) == 1 && X509_sign(certificate, $0, EVP_sha256()) > 0 }
        guard made else {
            X509_free(certificate)
            return nil
        }
        return certificate
    }

    /// The certificate as a PEM block.
    public var pem: String { PEMBlock.text(label: "CERTIFICATE", der) }
}

/// The extension of the same name, for one scope.
private struct SubjectAlternativeNames: ~Copyable {
    private let pointer: OpaquePointer  // X509_EXTENSION, owned: freed in deinit

    /// - Throws: `configuration_invalid` for a name that OpenSSL cannot read.
    init(_ names: [String]) throws(CryptoError) {
        let text = names.joined(separator: ",")
        pointer = try checked(.configurationInvalid, "\(quoted(text)) are no names for a certificate") {
            X509V3_EXT_conf_nid(nil, nil, NID_subject_alt_name, text)
        }
    }

    deinit {
        X509_EXTENSION_free(pointer)
    }

    func add(to certificate: OpaquePointer) -> Bool { X509_add_ext(certificate, pointer, -1) == 1 }
}
