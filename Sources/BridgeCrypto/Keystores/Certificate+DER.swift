internal import BridgeCore
internal import COpenSSL

extension Certificate {
    /// Reads DER that is one certificate and nothing more; `source` names it in errors.
    ///
    /// - Throws: `certificate_malformed`.
    convenience init(der: ArraySlice<UInt8>, source: String) throws(CryptoError) {
        let pointer = try checked(.certificateMalformed, "\(source) cannot be read") {
            der.span.bytes.withUnsafeBytes { raw -> OpaquePointer? in
                guard let start = raw.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return nil }
                var position: UnsafePointer<UInt8>? = start
                let certificate = Certificate.decodeWithoutKey { d2i_X509(&$0, &position, raw.count) }
                guard position != start + raw.count else { return certificate }
                X509_free(certificate)
                return nil
            }
        }
        try self.init(takingOwnershipOf: pointer, isKeyDecoded: false)
    }

    /// Whether `other` is named as the issuer of this one.
    func namesIssuer(_ other: Certificate) -> Bool {
        withPointer { own in
            other.withPointer { X509_NAME_cmp(X509_get_issuer_name(own), X509_get_subject_name($0)) == 0 }
        }
    }
}

extension OpenSSL {
    /// An object identifier in numbers and dots.
    static func oid(of object: OpaquePointer?) -> String? {
        guard let object else { return nil }
        let text = [CChar](unsafeUninitializedCapacity: 128) { buffer, count in
            let length = OBJ_obj2txt(buffer.baseAddress, Int32(buffer.count), object, 1)
            count = max(0, min(Int(length), buffer.count - 1))
        }
        return String(decoding: text.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
