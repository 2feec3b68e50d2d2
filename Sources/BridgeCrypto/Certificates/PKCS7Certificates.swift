internal import BridgeCore
internal import COpenSSL

/// The certificates of a PKCS#7 file (RFC 2315 §9, RFC 5652 §5): `.p7b` and `.p7c`, what Windows and authorities send.
enum PKCS7Certificates {
    /// More than this is no answer to the question which certificate signs.
    static let largestCount = 100

    /// Reads DER, or the first PEM block that holds PKCS#7; its signature, if any, is nobody's business here.
    ///
    /// - Returns: `nil` for a file of another kind.
    /// - Throws: `certificate_malformed` where it cannot be read or holds no certificate, or too many of them.
    static func read(_ bytes: [UInt8], source: String) throws(CryptoError) -> CertificateFamily? {
        guard KeystoreKind.of(bytes) == .pkcs7 else { return nil }
        OpenSSL.initialize
        let message = try checked(.certificateMalformed, "\(source) is a PKCS#7 file that cannot be read") {
            bytes.first == 0x30 ? decode(bytes) : bytes.span.bytes.withUnsafeBytes(decodeBlock)
        }
        defer { PKCS7_free(message) }
        let stack = certificates(of: message.pointee)
        let count = max(0, OPENSSL_sk_num(stack))
        guard count <= largestCount else {
            throw CryptoError(
                .certificateMalformed, "\(source) holds \(count) certificates, more than \(largestCount) are not read",
                hint: "give the certificate of the key that signs alone")
        }
        var certificates: [Certificate] = []
        try OpenSSLStack.forEach(of: stack) { element throws(CryptoError) in
            let pointer = OpaquePointer(element)
            X509_up_ref(pointer)
            certificates.append(try Certificate(takingOwnershipOf: pointer))
        }
        guard let head = certificates.first else {
            throw CryptoError(
                .certificateMalformed, "\(source) is a PKCS#7 file without a certificate",
                hint: "export it again, with the certificates")
        }
        return CertificateFamily(head, certificates.dropFirst())
    }

    /// Decodes the first PEM block of the kind.
    private static func decodeBlock(_ raw: UnsafeRawBufferPointer) -> UnsafeMutablePointer<PKCS7>? {
        var rest = raw[...]
        while let block = ArmouredValue(firstIn: UnsafeRawBufferPointer(rebasing: rest)) {
            if PEMText.pkcs7Labels.contains(block.label) { return decode(block.bytes) }
            rest = rest.dropFirst(block.length)
        }
        return nil
    }

    private static func decode(_ der: [UInt8]) -> UnsafeMutablePointer<PKCS7>? {
        der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            return d2i_PKCS7(nil, &place, buffer.count)
        }
    }

    /// STACK_OF(X509), the message's own.
    private static func certificates(of message: PKCS7) -> OpaquePointer? {
        // The content is optional by the syntax, so that each of these can be missing.
        guard OBJ_obj2nid(message.type) == NID_pkcs7_signed, let content = message.d.sign else { return nil }
        return content.pointee.cert
    }
}
