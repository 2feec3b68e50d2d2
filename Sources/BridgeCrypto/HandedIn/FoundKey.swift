internal import BridgeCore

/// A public key that was handed in, with the certificate around it where there is one.
package enum FoundKey: Sendable {
    case certificate(Certificate)
    case publicKey(RSAPublicKey)
}

extension FoundKey {
    /// Finds the certificate, or else the public key, in a file of whatever shape: what `openssl x509` reads comes out as
    /// it does there, PKCS#7 and text that was spoilt on its way are read too, and a remark says so.
    ///
    /// - Parameter source: what the bytes are called in errors and remarks, such as a file name.
    /// - Throws: `private_key_given`, `certificate_malformed` and `keystore_unsupported` with what the file is instead;
    ///   for a public key that stands alone `key_not_rsa` and `key_too_small`.
    package static func find(in bytes: [UInt8], source: String) throws(CryptoError) -> Found<FoundKey> {
        try FileReading.find(in: bytes, source: source, takesPublicKeys: true)
    }
}

extension Certificate {
    /// Finds the certificate in a file of whatever shape, in the same way; its key is not judged.
    ///
    /// Like `openssl x509` it also opens a PKCS#12 keystore whose password is empty.
    /// - Throws: `private_key_given`, `certificate_malformed`, `keystore_unsupported`.
    package static func find(in bytes: [UInt8], source: String) throws(CryptoError) -> Found<Certificate> {
        if let found = OpenKeystore.certificate(in: bytes, source: source) { return found }
        let found = try FileReading.find(in: bytes, source: source, takesPublicKeys: false)
        guard case .certificate(let certificate) = found.content else {
            throw CryptoError(.internal, "\(source) was read as a public key")
        }
        return Found(content: certificate, remarks: found.remarks)
    }
}
