internal import BridgeCore
internal import BridgeCrypto

extension KeystoreKind {
    /// Why a private key cannot be read out of it here, and how it comes out.
    func privateKeyFailure(_ name: String) -> CommandFailure {
        let hint =
            switch self {
            case .jks, .pkcs12:
                "export the key first, and guard it: "
                    + "cobrowse-sso keystore export --out key.pem --password-file PASSWORD.txt \(name)"
            case .jceks, .bcfks:
                "export the key first, and guard it: \(wayOut(name)), then "
                    + "cobrowse-sso keystore export --out key.pem store.p12"
            case .pkcs7: "it holds certificates only; the private key is where the key pair was made"
            }
        return failure(name, hint)
    }

    private func failure(_ name: String, _ hint: String) -> CommandFailure {
        let danger = self == .pkcs7 ? "" : "; a keystore holds private keys and has to be guarded, a .crt holds none"
        return CommandFailure(
            .keystoreUnsupported, "\(name) is \(words), which this command does not open\(danger)", hint: hint)
    }
}
