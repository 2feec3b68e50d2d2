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
        let pointer = try checked(.internal, "the certificate could not be made") {
            make(key, commonName: commonName, serial: number, start: start, end: end)
        }
        return try Certificate(takingOwnershipOf: pointer)
    }

    private static func make(
        _ key: RSAPrivateKey, commonName: String, serial: borrowing BigNumber, start: Timestamp, end: Timestamp
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
