public import BridgeCore
internal import COpenSSL

/// What a keystore keeps under one alias.
public struct KeystoreEntry: Sendable {
    /// A private key with its certificates.
    public struct Key: Sendable {
        /// The key, or why it cannot be used: `password_wrong` (it has another password than the keystore),
        /// `key_not_rsa`, `key_too_small`, `certificate_malformed`.
        public let privateKey: Result<RSAPrivateKey, CryptoError>
        /// The key's own certificate first, then those that vouch for it; may be empty.
        public let chain: [Certificate]
        /// Whether the first certificate is the key's; `nil` where the key did not open or there is no certificate.
        public let matchesCertificate: Bool?
    }

    public enum Content: Sendable {
        case privateKey(Key)
        /// A certificate that stands alone, as Java keeps those it trusts.
        case certificate(Certificate)
    }

    /// Its name; unique where the keystore was made with care.
    public let alias: String
    /// When it was put there; `nil` where the file does not say.
    public let createdAt: Timestamp?
    public let content: Content

    /// The certificate that is shown for it: of a private key its own.
    public var certificate: Certificate? {
        switch content {
        case .privateKey(let key): key.chain.first
        case .certificate(let certificate): certificate
        }
    }

    /// The private key with its certificates, where it is one.
    public var key: Key? {
        if case .privateKey(let key) = content { key } else { nil }
    }
}

extension KeystoreEntry.Key {
    /// A key that did not open.
    init(_ failure: CryptoError, chain: [Certificate]) {
        self.init(privateKey: .failure(failure), chain: chain, matchesCertificate: nil)
    }

    /// Takes over `pointer`, an EVP_PKEY of whatever algorithm; `source` names it in errors.
    init(takingOwnershipOf pointer: OpaquePointer, chain: [Certificate], source: String) {
        let matches = chain.first.map { $0.isPaired(with: pointer) }
        let privateKey = Result { () throws(CryptoError) in
            try RSAPrivateKey(takingOwnershipOf: pointer, source: source)
        }
        self.init(privateKey: privateKey, chain: chain, matchesCertificate: matches)
    }
}

extension Keystore {
    /// The entry called `alias`, in the very same letters or, as Java looks it up, in letters of whatever case; `nil`
    /// where there is none, or where several answer to the name.
    public func entry(_ alias: String) -> KeystoreEntry? {
        let exact = entries.filter { $0.alias == alias }
        let found = exact.isEmpty ? entries.filter { $0.alias.lowercased() == alias.lowercased() } : exact
        return found.count == 1 ? found.first : nil
    }
}
