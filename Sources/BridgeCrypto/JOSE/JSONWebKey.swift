public import BridgeCore

/// An RSA public key as a JSON Web Key (RFC 7517, RFC 7518 §6.3.1).
public struct JSONWebKey: Sendable {
    public let key: RSAPublicKey
    /// The `kid` it declares; `nil` for none.
    public let keyID: String?

    public init(_ key: RSAPublicKey, keyID: String?) {
        self.key = key
        self.keyID = keyID
    }

    /// Reads a JWK; `source` names it in errors.
    ///
    /// - Throws: `private_key_given` when it has private members, `key_not_rsa` for another `kty`, `alg` or `use`,
    ///   `certificate_malformed`, `key_too_small`.
    public init(_ value: JSONValue, source: String) throws(CryptoError) {
        guard Self.privateMembers.allSatisfy({ value[$0] == nil }) else { throw .privateKey(in: source) }
        guard let type = value["kty"]?.stringValue else {
            throw CryptoError(.certificateMalformed, "\(source) is no JWK: kty is missing")
        }
        guard type == "RSA" else { throw Self.notForSignatures("\(source) has kty \(quoted(type)), not \"RSA\"") }
        try Self.checkPurpose(value, source: source)
        guard let modulus = value["n"]?.stringValue.flatMap({ Base64URL.decode($0.utf8) }),
            let exponent = value["e"]?.stringValue.flatMap({ Base64URL.decode($0.utf8) })
        else { throw CryptoError(.certificateMalformed, "\(source) is no RSA JWK: n or e is missing or not base64url") }
        guard value["kid"] == nil || value["kid"]?.stringValue != nil else {
            throw CryptoError(.certificateMalformed, "\(source) has a kid that is not a string")
        }
        keyID = value["kid"]?.stringValue
        key = try RSAPublicKey(modulus: modulus, exponent: exponent, source: source)
    }

    /// What only a private or symmetric key has (RFC 7518 §6.3.2, §6.4.1).
    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]

    private static func checkPurpose(_ value: JSONValue, source: String) throws(CryptoError) {
        if let use = value["use"], use.stringValue != "sig" {
            throw notForSignatures("\(source) is not for signatures: use is not \"sig\"")
        }
        if let algorithm = value["alg"], algorithm.stringValue != "RS256" {
            throw notForSignatures("\(source) is for another algorithm: alg is not \"RS256\"")
        }
        if let operations = value["key_ops"], operations.arrayValue?.contains(.string("verify")) != true {
            throw notForSignatures("\(source) is not for verification: key_ops lacks \"verify\"")
        }
    }

    private static func notForSignatures(_ detail: String) -> CryptoError {
        CryptoError(.keyNotRSA, detail, hint: "give the public key of the pair that signs the tokens, for RS256")
    }

    /// The thumbprint of RFC 7638: base64url of SHA-256 over `{"e":...,"kty":"RSA","n":...}`.
    static func thumbprint(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) -> String {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("e", Base64URL.encode(exponent))
            writer.member("kty", "RSA")
            writer.member("n", Base64URL.encode(modulus))
        }
        return Base64URL.encode(try SHA256Digest(of: writer.bytes).bytes)
    }
}

extension JSONWriter {
    /// Writes a key as a JWK for RS256 signatures; without a declared `kid` the thumbprint is its `kid`.
    public mutating func jsonWebKey(_ key: JSONWebKey) {
        object { writer in
            writer.member("kty", "RSA")
            writer.member("use", "sig")
            writer.member("alg", "RS256")
            writer.member("kid", key.keyID ?? key.key.thumbprint)
            writer.member("n", Base64URL.encode(key.key.modulus))
            writer.member("e", Base64URL.encode(key.key.exponent))
        }
    }
}
