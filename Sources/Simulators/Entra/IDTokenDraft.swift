import BridgeCore
import BridgeCrypto

/// An ID token that is to be signed: claims, key and what is to be wrong with it.
struct IDTokenDraft: Sendable {
    private let claims: [UInt8]
    private let key: EntraKey
    private let defect: IDTokenDefect?

    init(claims: [UInt8], keys: EntraKeys, defect: IDTokenDefect?) {
        self.claims = claims
        self.defect = defect
        key =
            switch defect {
            case .unknownKey: keys.unpublished
            case .foreignKey: keys.foreign
            default: keys.current
            }
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
            let code = try HMACSHA256.code(of: Array(token.utf8), key: Array(key.key.publicKey.pem.utf8))
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
    func signature(over text: [UInt8], by key: EntraKey) throws(CryptoError) -> [UInt8] {
        if let signer = signers.value(for: key.keyID) { return try signer.signature(over: text.span) }
        let signer = try TokenSigner(key.key)
        signers.insert(signer, for: key.keyID)
        return try signer.signature(over: text.span)
    }
}

/// HMAC with SHA-256 (RFC 2104), which nobody here may accept.
enum HMACSHA256 {
    static func code(of message: [UInt8], key: [UInt8]) throws(CryptoError) -> [UInt8] {
        var block = key.count > 64 ? try SHA256Digest(of: key).bytes : key
        block += [UInt8](repeating: 0, count: 64 - block.count)
        let inner = try SHA256Digest(of: block.map { $0 ^ 0x36 } + message).bytes
        return try SHA256Digest(of: block.map { $0 ^ 0x5C } + inner).bytes
    }
}
