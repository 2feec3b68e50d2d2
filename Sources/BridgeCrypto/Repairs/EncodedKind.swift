internal import BridgeCore
internal import COpenSSL

/// What DER is, told by decoding it to its last byte.
enum EncodedKind {
    case certificate, pkcs7, publicKey, rsaPublicKey, privateKey, encryptedPrivateKey, request, revocationList

    /// - Returns: `nil` for anything else, and for less or more than one whole value.
    init?(of der: [UInt8]) {
        guard der.first == 0x30 else { return nil }
        if KeystoreKind.of(der) == .pkcs7 {
            self = .pkcs7
        } else if let kind = EncodedKind.decoders.first(where: { EncodedKind.spans(der, $0.decode) })?.kind {
            self = kind
        } else {
            return nil
        }
    }

    /// The kind of the first value of a file that is DER; what follows it does not matter.
    init?(leading bytes: [UInt8]) {
        var values = DERValues(bytes[...])
        guard bytes.first == 0x30, let value = values.next() else { return nil }
        self.init(of: Array(value))
    }

    /// The label that OpenSSL writes.
    var label: String {
        switch self {
        case .certificate: "CERTIFICATE"
        case .pkcs7: "PKCS7"
        case .publicKey: "PUBLIC KEY"
        case .rsaPublicKey: "RSA PUBLIC KEY"
        case .privateKey: "PRIVATE KEY"
        case .encryptedPrivateKey: "ENCRYPTED PRIVATE KEY"
        case .request: "CERTIFICATE REQUEST"
        case .revocationList: "X509 CRL"
        }
    }

    /// Whether `label` is one of those it goes by.
    func fits(_ label: String) -> Bool {
        switch self {
        case .certificate: PEMText.certificateLabels.contains(label)
        case .pkcs7: PEMText.pkcs7Labels.contains(label)
        case .request: ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"].contains(label)
        case .privateKey: label.hasSuffix("PRIVATE KEY")
        default: label == self.label
        }
    }

    /// Decodes one value at the place that is pointed to, which is moved behind it; whether that worked.
    private typealias Decode = @Sendable (_ place: inout UnsafePointer<UInt8>?, _ count: Int) -> Bool

    private static let decoders: [(kind: EncodedKind, decode: Decode)] = [
        (.certificate, decodesCertificate),
        (.publicKey, { freed(d2i_PUBKEY(nil, &$0, $1), EVP_PKEY_free) }),
        (.rsaPublicKey, { freed(d2i_PublicKey(EVP_PKEY_RSA, nil, &$0, $1), EVP_PKEY_free) }),
        (.privateKey, decodesPrivateKey),
        (.encryptedPrivateKey, { freed(d2i_X509_SIG(nil, &$0, $1), X509_SIG_free) }),
        (.request, { freed(d2i_X509_REQ(nil, &$0, $1), X509_REQ_free) }),
        (.revocationList, { freed(d2i_X509_CRL(nil, &$0, $1), X509_CRL_free) }),
    ]

    private static func decodesCertificate(_ place: inout UnsafePointer<UInt8>?, _ count: Int) -> Bool {
        freed(Certificate.decodeWithoutKey { d2i_X509_AUX(&$0, &place, count) }, X509_free)
    }

    /// Looked at first: it takes OpenSSL two milliseconds to find out that something is no private key.
    private static func decodesPrivateKey(_ place: inout UnsafePointer<UInt8>?, _ count: Int) -> Bool {
        guard RSAPrivateKey.beginsWithVersion(UnsafeBufferPointer(start: place, count: count)) else { return false }
        return freed(d2i_AutoPrivateKey(nil, &place, count), EVP_PKEY_free)
    }

    private static func freed(_ value: OpaquePointer?, _ free: (OpaquePointer?) -> Void) -> Bool {
        free(value)
        return value != nil
    }

    private static func spans(_ der: [UInt8], _ decode: Decode) -> Bool {
        defer { ErrorQueue.clear() }
        return der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            return decode(&place, buffer.count) && place == buffer.baseAddress.map { $0 + buffer.count }
        }
    }
}
