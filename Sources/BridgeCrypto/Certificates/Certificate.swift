internal import BridgeCore
internal import COpenSSL

/// An X.509 certificate (RFC 5280), as the carrier of a public key that somebody vouched for by handing it over.
///
/// No chain is built and no authority asked: Salesforce's certificates are self-signed, and importing one is the act of
/// trust. Immutable, safe to share between threads.
public final class Certificate: @unchecked Sendable {  // never mutated after init; X509 reads are thread-safe
    private let pointer: OpaquePointer  // X509, owned: freed in deinit
    /// Whether `pointer` has its key decoded, where that can be done.
    let isKeyDecoded: Bool
    /// The certificate, DER.
    public let der: [UInt8]

    /// Takes over `pointer`, also when it throws.
    ///
    /// - Parameter isKeyDecoded: `false` for what comes from `decodeWithoutKey`.
    init(takingOwnershipOf pointer: OpaquePointer, isKeyDecoded: Bool = true) throws(CryptoError) {
        self.isKeyDecoded = isKeyDecoded
        do {
            let bio = try MemoryBIO()
            try checkedStatus("i2d_X509_bio") { bio.withPointer { i2d_X509_bio($0, pointer) } }
            der = bio.contents
        } catch {
            X509_free(pointer)
            throw error
        }
        self.pointer = pointer  // the last step: from here on deinit owns it
    }

    deinit {
        X509_free(pointer)
    }

    /// Lends the certificate to C.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(pointer)
    }
}

extension Certificate {
    /// Reads the first readable certificate of `bytes`: PEM (`CERTIFICATE`, `X509 CERTIFICATE` or `TRUSTED CERTIFICATE`, with
    /// any text around, CRLF or a byte order mark) or DER; what `openssl x509` reads, and nothing else.
    ///
    /// - Parameter source: what the bytes are called in errors, such as a file name.
    /// - Throws: `private_key_given` where a private key stands in the file and no certificate, `certificate_malformed`
    ///   with what the file is instead.
    public convenience init(reading bytes: [UInt8], source: String) throws(CryptoError) {
        OpenSSL.initialize
        ErrorQueue.clear()
        guard let pointer = bytes.span.bytes.withUnsafeBytes({ CertificateSearch.first(in: $0) }) else {
            let messages = ErrorQueue.drain()
            let labels = PEMText.labels(in: bytes)
            if PEMText.holdsPrivateKey(labels), !PEMText.holdsCertificate(labels) { throw .privateKey(in: source) }
            if labels.isEmpty, RSAPrivateKey.isEncoded(in: bytes) { throw .privateKey(in: source) }
            throw Self.failure(source: source, isEmpty: bytes.isEmpty, labels: labels, messages: messages)
        }
        try self.init(takingOwnershipOf: pointer, isKeyDecoded: false)
    }

    private static func failure(
        source: String, isEmpty: Bool, labels: [String], messages: [String]
    ) -> CryptoError {
        let (detail, hint): (String, String?) =
            if isEmpty {
                ("\(source) is empty", nil)
            } else if PEMText.holdsCertificate(labels) {
                ("\(source) holds a certificate that cannot be read", "the file may be cut off or damaged")
            } else if PEMText.holdsPublicKey(labels) {
                ("\(source) is a public key, not a certificate", "cert import takes public keys too")
            } else if labels.contains(where: { $0.hasSuffix("CERTIFICATE REQUEST") }) {
                ("\(source) is a certificate request, not a certificate", "give what the request was answered with")
            } else if let label = labels.first {
                ("\(source) holds \(quoted(label)), not a certificate", nil)
            } else {
                (
                    "\(source) is no certificate, neither PEM nor DER",
                    "download it under Setup > Certificate and Key Management in Salesforce"
                )
            }
        return CryptoError(.certificateMalformed, detail, hint: hint, underlying: messages)
    }
}
