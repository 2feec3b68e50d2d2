public import BridgeCore

/// A public key that may verify a tenant's tokens, with the names it goes by.
public struct TokenKey: Sendable {
    public let key: RSAPublicKey
    /// The `kid` the key itself declares, from a JWK or given at import; `nil` where it declares none.
    public let declaredKeyID: String?
    /// A name given by an administrator, which is no declaration.
    public let alias: String?
    /// From when on a token of this key is refused with `key_retired`; `nil` for never.
    public let refusedFrom: Timestamp?

    public init(
        _ key: RSAPublicKey, declaredKeyID: String? = nil, alias: String? = nil, refusedFrom: Timestamp? = nil
    ) {
        self.key = key
        self.declaredKeyID = declaredKeyID
        self.alias = alias
        self.refusedFrom = refusedFrom
    }

    /// What people know it by: its alias, or its thumbprint.
    var shownName: String { alias ?? key.thumbprint }

    /// Whether `keyID` names this key: its declared `kid`, its thumbprint or its alias.
    fileprivate func isNamed(_ keyID: JSONText, in bytes: Span<UInt8>) -> Bool {
        keyID.equals(key.thumbprint.utf8.span, in: bytes)
            || declaredKeyID.map { keyID.equals($0.utf8.span, in: bytes) } ?? false
            || alias.map { keyID.equals($0.utf8.span, in: bytes) } ?? false
    }
}

extension TokenKey: VerificationKey {}

/// The keys of one issuer.
public struct TokenKeySet: Sendable {
    public let keys: [TokenKey]
    /// The license whose tokens these keys verify; `nil` where whoever asks compares `iss` himself.
    public let issuer: String?
    private let undeclared: [TokenKey]

    /// - Parameter issuer: a token of any other `iss` is refused, so that nobody's key signs for somebody else.
    public init(_ keys: [TokenKey], issuer: String?) {
        self.keys = keys
        self.issuer = issuer
        undeclared = keys.filter { $0.declaredKeyID == nil }
    }

    /// Throws `issuer_unknown` for a token of another issuer; compared byte for byte.
    func checkIssuer(_ claims: TokenClaims, in bytes: Span<UInt8>) throws(TokenRefusal) {
        guard let issuer, !claims.issuer.equals(issuer.utf8.span, in: bytes) else { return }
        throw .issuerUnknown(claims.issuer.string(in: bytes))
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
