public import BridgeCore
internal import COpenSSL

extension Certificate {
    /// The subject's distinguished name in the order of the certificate: `CN=CobrowseIO, O=Acme` (RFC 2253 escapes).
    public var subject: String { Self.text(of: X509_get_subject_name(pointerForReading)) }

    /// The issuer's distinguished name, in the same form.
    public var issuer: String { Self.text(of: X509_get_issuer_name(pointerForReading)) }

    /// The serial number, lower-case hexadecimal with an even number of digits; `-` in front where it is negative.
    public var serialNumber: String {
        guard let serial = X509_get0_serialNumber(pointerForReading),
            let number = ASN1_INTEGER_to_BN(serial, nil)
        else { return "" }
        defer { BN_free(number) }
        guard let digits = BN_bn2hex(number) else { return "" }
        defer { bridge_OPENSSL_free(digits) }
        // BN_bn2hex writes whole bytes, except that 0 has one digit.
        return BN_is_zero(number) == 1 ? "00" : String(cString: digits).lowercased()
    }

    /// Since when it is valid; `nil` where the field is no time.
    public var notBefore: Timestamp? { Self.timestamp(X509_get0_notBefore(pointerForReading)) }

    /// Until when it is valid, inclusive; `nil` where the field is no time.
    public var notAfter: Timestamp? { Self.timestamp(X509_get0_notAfter(pointerForReading)) }

    /// The name of the signature's algorithm as OpenSSL has it: `sha256WithRSAEncryption`.
    public var signatureAlgorithm: String {
        let nid = X509_get_signature_nid(pointerForReading)
        guard nid != NID_undef, let name = OBJ_nid2ln(nid) else { return "unknown" }
        return String(cString: name)
    }

    /// Whether it may sign other certificates (RFC 5280 §4.2.1.9).
    public var isAuthority: Bool {
        let found = X509_get_ext_d2i(pointerForReading, NID_basic_constraints, nil, nil)
        guard let constraints = found?.assumingMemoryBound(to: BASIC_CONSTRAINTS.self) else { return false }
        defer { BASIC_CONSTRAINTS_free(constraints) }
        return constraints.pointee.ca != 0 && mayBeUsedToSignCertificates
    }

    /// Whether it was signed with a digest that can be forged today: MD5 or SHA-1.
    public var hasWeakSignature: Bool {
        var digest: Int32 = 0
        guard X509_get_signature_info(pointerForReading, &digest, nil, nil, nil) == 1 else { return false }
        return [NID_md5, NID_sha1, NID_md4, NID_md2].contains(digest)
    }

    /// SHA-256 of the DER certificate, lower-case hexadecimal.
    public func sha256() throws(CryptoError) -> String {
        Hex.encode(try SHA256Digest(of: der).bytes)
    }

    /// Whether the key usage says so, or nothing (RFC 5280 §4.2.1.3).
    private var mayBeUsedToSignCertificates: Bool {
        let found = X509_get_ext_d2i(pointerForReading, NID_key_usage, nil, nil)
        guard let usage = found?.assumingMemoryBound(to: ASN1_BIT_STRING.self) else { return true }
        defer { ASN1_BIT_STRING_free(usage) }
        return ASN1_BIT_STRING_get_bit(usage, 5) == 1  // keyCertSign
    }

    private var pointerForReading: OpaquePointer { withPointer { $0 } }

    private static func text(of name: OpaquePointer?) -> String {
        guard let name, let bio = try? MemoryBIO() else { return "" }
        // RFC 2253 escapes, UTF-8 as it is, one line, not reversed, separated by comma and space.
        let flags =
            UInt(XN_FLAG_SEP_CPLUS_SPC) | UInt(XN_FLAG_FN_SN)
            | UInt(
                ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT | ASN1_STRFLGS_DUMP_UNKNOWN)
        guard bio.withPointer({ X509_NAME_print_ex($0, name, 0, flags) }) >= 0 else { return "" }
        return String(decoding: bio.contents, as: UTF8.self)
    }

    private static func timestamp(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp? {
        var fields = tm()
        guard let time, ASN1_TIME_to_tm(time, &fields) == 1 else { return nil }
        let days = CivilTime.days(
            year: Int64(fields.tm_year) + 1900, month: Int64(fields.tm_mon) + 1, day: Int64(fields.tm_mday))
        let seconds = Int64(fields.tm_hour) * 3600 + Int64(fields.tm_min) * 60 + Int64(fields.tm_sec)
        return Timestamp(seconds: days * 86_400 + seconds)
    }
}
