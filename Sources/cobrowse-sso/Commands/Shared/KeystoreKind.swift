internal import BridgeCore

/// A container of keys and certificates that this version recognises and does not open.
enum KeystoreKind: String, Sendable, CaseIterable {
    case jks = "a Java keystore (JKS)"
    case jceks = "a Java keystore (JCEKS)"
    case pkcs12 = "a PKCS#12 keystore"
    case pkcs7 = "a PKCS#7 file"

    /// What `bytes` are by their first bytes or PEM label; `nil` for anything else.
    static func of(_ bytes: [UInt8]) -> KeystoreKind? {
        if bytes.starts(with: [0xFE, 0xED, 0xFE, 0xED]) { return .jks }
        if bytes.starts(with: [0xCE, 0xCE, 0xCE, 0xCE]) { return .jceks }
        if let content = derSequenceContent(bytes) {
            // PFX begins with version 3 (RFC 7292 §4), ContentInfo with the OID of signedData (RFC 5652 §4).
            if content.starts(with: [0x02, 0x01, 0x03, 0x30]) { return .pkcs12 }
            if content.starts(with: [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07]) { return .pkcs7 }
        }
        let labels = ["PKCS7", "CMS", "PKCS #7 SIGNED DATA"]
        let isPKCS7 = labels.contains { bytes.firstRange(of: Array("-----BEGIN \($0)-----".utf8)) != nil }
        return isPKCS7 ? .pkcs7 : nil
    }

    /// What stands in the outermost SEQUENCE of DER, or of BER with an indefinite length.
    private static func derSequenceContent(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        guard bytes.count > 6, bytes[0] == 0x30 else { return nil }
        let lengthBytes = bytes[1] > 0x80 ? Int(bytes[1] & 0x7F) : 0
        return bytes.dropFirst(2 + lengthBytes)
    }
}

extension KeystoreKind {
    /// Why a certificate cannot be read out of it here, and how it comes out.
    func certificateFailure(_ name: String) -> CommandFailure {
        let command =
            switch self {
            case .jks: "keytool -exportcert -rfc -alias ALIAS -file cert.pem -keystore \(name)"
            case .jceks: "keytool -exportcert -rfc -storetype JCEKS -alias ALIAS -file cert.pem -keystore \(name)"
            case .pkcs12: "openssl pkcs12 -nokeys -clcerts -out cert.pem -in \(name)"
            case .pkcs7: "openssl pkcs7 -print_certs -out cert.pem -in \(name)"
            }
        return failure(name, "export the certificate first: \(command)")
    }

    /// Why a private key cannot be read out of it here, and how it comes out.
    func privateKeyFailure(_ name: String) -> CommandFailure {
        let open = "openssl pkcs12 -nocerts -noenc -out key.pem -in"
        let hint =
            switch self {
            case .jks, .jceks:
                "convert it with keytool -importkeystore -deststoretype PKCS12 -destkeystore store.p12 "
                    + "-srckeystore \(name), then export the key: \(open) store.p12"
            case .pkcs12: "export the key first, and guard it: \(open) \(name)"
            case .pkcs7: "it holds certificates only; the private key is where the key pair was made"
            }
        return failure(name, hint)
    }

    private func failure(_ name: String, _ hint: String) -> CommandFailure {
        let danger = self == .pkcs7 ? "" : "; a keystore holds private keys and has to be guarded, a .crt holds none"
        return CommandFailure(
            .keystoreUnsupported, "\(name) is \(rawValue), which this version does not open\(danger)", hint: hint)
    }
}
