internal import BridgeCore

/// A public key that may verify a tenant's tokens, with the names it goes by.
public struct TokenKey: Sendable {
    public let key: RSAPublicKey
    /// The `kid` the key itself declares, from a JWK or given at import; `nil` where it declares none.
    public let declaredKeyID: String?
    /// A name given by an administrator, which is no declaration.
    public let alias: String?

    public init(_ key: RSAPublicKey, declaredKeyID: String? = nil, alias: String? = nil) {
        self.key = key
        self.declaredKeyID = declaredKeyID
        self.alias = alias
    }

    /// Whether `keyID` names this key: its declared `kid`, its thumbprint or its alias.
    fileprivate func isNamed(_ keyID: JSONText, in bytes: Span<UInt8>) -> Bool {
        keyID.equals(key.thumbprint.utf8.span, in: bytes)
            || declaredKeyID.map { keyID.equals($0.utf8.span, in: bytes) } ?? false
            || alias.map { keyID.equals($0.utf8.span, in: bytes) } ?? false
    }
}

/// The keys of one tenant.
public struct TokenKeySet: Sendable {
    public let keys: [TokenKey]
    private let undeclared: [TokenKey]

    public init(_ keys: [TokenKey]) {
        self.keys = keys
        undeclared = keys.filter { $0.declaredKeyID == nil }
    }

    /// The keys to try for a token.
    ///
    /// A `kid` that names keys selects these alone. Any other `kid`, and none, leaves the keys that declare none:
    /// Salesforce cannot set header fields, and other signers put names there that mean nothing here.
    func candidates(_ header: TokenHeader, in bytes: Span<UInt8>) throws(TokenRefusal) -> [TokenKey] {
        guard let keyID = header.keyID else {
            guard !undeclared.isEmpty else { throw .keyUnknown(keyID: nil) }
            return undeclared
        }
        let named = keys.filter { $0.isNamed(keyID, in: bytes) }
        if !named.isEmpty { return named }
        guard !undeclared.isEmpty else { throw .keyUnknown(keyID: keyID.string(in: bytes)) }
        return undeclared
    }
}
