internal import COpenSSL

/// The content of a PEM block, as OpenSSL's reader of files (OSSL_STORE, its decoder of PEM) takes it.
struct ArmouredValue: ~Copyable {
    let label: String
    private let header: String
    private let content: UnsafeMutablePointer<UInt8>  // owned: wiped and freed in deinit
    private let count: Int
    /// Up to where the block goes.
    let length: Int

    /// Reads the first block; `nil` where none begins, or the first one is damaged.
    init?(firstIn raw: UnsafeRawBufferPointer) {
        guard let bio = try? MemoryBIO(reading: raw) else { return nil }
        var (label, header): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?) = (nil, nil)
        var content: UnsafeMutablePointer<UInt8>?
        var count = 0
        let isRead = bio.withPointer { PEM_read_bio($0, &label, &header, &content, &count) } == 1
        defer {
            bridge_OPENSSL_free(label)
            bridge_OPENSSL_free(header)
        }
        guard isRead, let label, let header, let content else {
            bridge_OPENSSL_free(content)
            return nil
        }
        (self.label, self.header) = (String(cString: label), String(cString: header))
        (self.content, self.count) = (content, count)
        length = raw.count - bio.withPointer { bridge_BIO_pending($0) }
    }

    deinit {
        OPENSSL_cleanse(content, count)  // it may be a private key
        bridge_OPENSSL_free(content)
    }

    /// Whether the reader knows the label, or takes the block for encrypted; any other block is none to it.
    var isKnown: Bool { isEncrypted || Self.knownLabels.contains(label) }

    /// What is in it, decoded.
    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: content, count: count)) }

    /// Lends what is in it, decoded.
    func withContent<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: content, count: count))
    }

    /// The certificate, an X509 without its key decoded, owned by the caller; what follows it in the block does not matter.
    var certificate: OpaquePointer? {
        guard !isEncrypted, PEMText.certificateLabels.contains(label) else { return nil }
        var place: UnsafePointer<UInt8>? = UnsafePointer(content)
        return Certificate.decodeWithoutKey { d2i_X509(&$0, &place, count) }
    }

    /// Shorter headers are not looked at (`Proc-Type:` has ten characters); longer ones have to be right, and say that
    /// the block is encrypted, for which nobody has a password here.
    var isEncrypted: Bool { header.utf8.count > 10 }

    private static let knownLabels: Set<String> = [
        "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CRL", "PUBLIC KEY", "PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "RSA PUBLIC KEY", "EC PRIVATE KEY", "EC PARAMETERS",
        "DSA PRIVATE KEY", "DSA PUBLIC KEY", "DSA PARAMETERS", "DH PARAMETERS", "X9.42 DH PARAMETERS",
    ]
}
