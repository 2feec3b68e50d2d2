import BridgeCore
import BridgeCrypto

/// An ID token that is to be signed: claims, key and what is to be wrong with it.
struct IDTokenDraft: Sendable {
    private let claims: [UInt8]
    private let key: IDTokenKey
    private let defect: IDTokenDefect?

    init(claims: [UInt8], key: IDTokenKey, defect: IDTokenDefect?) {
        (self.claims, self.key, self.defect) = (claims, key, defect)
    }

    /// The compact serialization.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    func signed(by signers: IDTokenSigners) throws(CryptoError) -> String {
        var token = Base64URL.encode(header) + "." + Base64URL.encode(claims)
        switch defect {
        case .malformed: return token
        case .algorithmNone: return token + "."
        case .algorithmHS256:
            let code = try HMACSHA256.code(of: Array(token.utf8), key: Secret(Array(key.key.publicKey.pem.utf8)))
            return token + "." + Base64URL.encode(code)
        default: break
        }
        var signature = try signers.signature(over: Array(token.utf8), by: key)
        if defect == .wrongSignature { signature[signature.count / 2] ^= 1 }
        token += "." + Base64URL.encode(signature)
        return token
    }

    private var header: [UInt8] {
        var writer = JSONWriter(capacity: 128)
        writer.object { writer in
            writer.member("typ", "JWT")
            switch defect {
            case .algorithmNone: writer.member("alg", "none")
            case .algorithmHS256: writer.member("alg", "HS256")
            default: writer.member("alg", "RS256")
            }
            writer.member("kid", key.keyID)
            if defect == .critical {
                writer.texts("crit", ["simulator"])
                writer.member("simulator", true)
            }
        }
        return writer.bytes
    }
}

/// Signs for one thread; a key's context is made once.
final class IDTokenSigners {
    private var signers = RecentMap<String, TokenSigner>(capacity: 8)

    /// RSASSA-PKCS1-v1_5 with SHA-256.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    func signature(over text: [UInt8], by key: IDTokenKey) throws(CryptoError) -> [UInt8] {
        if let signer = signers.value(for: key.keyID) { return try signer.signature(over: text.span) }
        let signer = try TokenSigner(key.key)
        signers.insert(signer, for: key.keyID)
        return try signer.signature(over: text.span)
    }
}
