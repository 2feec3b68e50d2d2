internal import COpenSSL

extension Certificate {
    /// Decodes a certificate without the key in it, which `Certificate` decodes when it is asked for.
    ///
    /// - Parameter decode: decodes into the X509 that it is lent, as the functions of OpenSSL called d2i do.
    /// - Returns: X509, owned by the caller; `nil` where there is none.
    static func decodeWithoutKey(_ decode: (inout OpaquePointer?) -> OpaquePointer?) -> OpaquePointer? {
        var certificate = X509_new_ex(OpenSSL.readingContext, nil)
        guard let decoded = decode(&certificate) else {
            X509_free(certificate)  // still there where nothing was tried, and `nil` where it was
            return nil
        }
        return decoded
    }

    /// Decodes the certificate once more, with its key and all algorithms at hand, and lends it to C.
    func withKeyDecoded<Result>(_ body: (OpaquePointer) -> Result?) -> Result? {
        der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            guard let certificate = d2i_X509(nil, &place, buffer.count) else { return nil }
            defer { X509_free(certificate) }
            return body(certificate)
        }
    }
}
