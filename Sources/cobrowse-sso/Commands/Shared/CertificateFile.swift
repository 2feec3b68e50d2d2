internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// Reads what administrators hand in as a certificate or public key, in whatever shape it arrived.
enum CertificateFile {
    /// The certificate of a file, with what is to be said about how it was found; `name` is what messages call it.
    static func certificate(_ bytes: [UInt8], _ name: String) throws(CommandFailure) -> Found<Certificate> {
        try reporting { () throws(CryptoError) in try Certificate.find(in: bytes, source: name) }
    }

    /// Everything that can verify tokens: a certificate, a public key, the keys of a JWK Set.
    static func material(_ bytes: [UInt8], _ name: String) throws(CommandFailure) -> KeyMaterial.File {
        try reporting { () throws(CryptoError) in try KeyMaterial.read(bytes, source: name) }
    }
}

extension Messages {
    /// Says each remark as a warning.
    func warnings(_ remarks: [FileRemark]) {
        for remark in remarks { warning(remark.text, hint: remark.hint) }
    }
}
