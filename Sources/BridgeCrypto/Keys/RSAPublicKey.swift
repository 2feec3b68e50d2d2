internal import BridgeCore
internal import COpenSSL

/// An RSA public key that is strong enough to decide who gets in; immutable, safe to share between threads.
///
/// Every way to make one refuses keys that are not RSA (`key_not_rsa`) or weaker than RSA-2048 for whatever reason
/// (`key_too_small`, see `RSAKeyStrength`), so that no later code has to ask.
public final class RSAPublicKey: @unchecked Sendable {  // never mutated after init; EVP_PKEY reads are thread-safe
    private let pointer: OpaquePointer  // EVP_PKEY, owned: freed in deinit
    /// The modulus, unsigned big-endian.
    public let modulus: [UInt8]
    /// The public exponent, unsigned big-endian.
    public let exponent: [UInt8]
    /// SubjectPublicKeyInfo, DER.
    public let subjectPublicKeyInfo: [UInt8]
    /// The RFC 7638 thumbprint: base64url of SHA-256 over the canonical JWK. It names the key everywhere.
    public let thumbprint: String

    /// Takes over `pointer`, also when it throws; `source` names the key in errors.
    convenience init(takingOwnershipOf pointer: OpaquePointer, source: String) throws(CryptoError) {
        let numbers: (modulus: [UInt8], exponent: [UInt8])
        do {
            numbers = try RSAPublicKey.numbers(of: pointer, source: source)
            try RSAKeyStrength.check(modulus: numbers.modulus, exponent: numbers.exponent, source: source)
        } catch {
            EVP_PKEY_free(pointer)
            throw error
        }
        try self.init(takingOwnershipOf: pointer, modulus: numbers.modulus, exponent: numbers.exponent)
    }

    /// Takes over `pointer`, also when it throws, with its numbers, that are strong enough and begin with no zeros.
    init(takingOwnershipOf pointer: OpaquePointer, modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
        do {
            thumbprint = try JSONWebKey.thumbprint(modulus: modulus, exponent: exponent)
            (self.modulus, self.exponent) = (modulus, exponent)
            subjectPublicKeyInfo = RSAPublicKey.encode(modulus: modulus, exponent: exponent)
        } catch {
            EVP_PKEY_free(pointer)
            throw error
        }
        self.pointer = pointer  // the last step: from here on deinit owns it
    }

    deinit {
        EVP_PKEY_free(pointer)
    }

    /// The size of the modulus in bits, 2048 at least.
    public var bits: Int { Int(EVP_PKEY_get_bits(pointer)) }

    /// The size of a signature in bytes.
    var signatureSize: Int { modulus.count }

    /// Lends the key to C.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(pointer)
    }

    private static func numbers(
        of pointer: OpaquePointer, source: String
    ) throws(CryptoError) -> (modulus: [UInt8], exponent: [UInt8]) {
        guard EVP_PKEY_get_base_id(pointer) == EVP_PKEY_RSA else {
            throw CryptoError(
                .keyNotRSA, "\(source) is \(algorithmName(of: pointer)), not an RSA key",
                hint: "Cobrowse verifies RS256 only: make an RSA key of 2048 bits or more")
        }
        return (try number(OSSL_PKEY_PARAM_RSA_N, of: pointer), try number(OSSL_PKEY_PARAM_RSA_E, of: pointer))
    }

    private static func number(_ name: String, of pointer: OpaquePointer) throws(CryptoError) -> [UInt8] {
        let number = try checked(.internal, "EVP_PKEY_get_bn_param failed") { () -> OpaquePointer? in
            var number: OpaquePointer?
            return EVP_PKEY_get_bn_param(pointer, name, &number) == 1 ? number : nil
        }
        return BigNumber(takingOwnershipOf: number).bigEndian
    }

    /// The name of a key's algorithm, for errors: `an EC (prime256v1) key` reads better than a number.
    static func algorithmName(of pointer: OpaquePointer) -> String {
        switch EVP_PKEY_get_base_id(pointer) {
        case EVP_PKEY_EC: "an elliptic-curve key"
        case EVP_PKEY_ED25519: "an Ed25519 key"
        case EVP_PKEY_ED448: "an Ed448 key"
        case EVP_PKEY_DSA: "a DSA key"
        case EVP_PKEY_RSA_PSS: "an RSA-PSS key"
        case EVP_PKEY_X25519, EVP_PKEY_X448, EVP_PKEY_DH: "a key-agreement key"
        default: "a key of another algorithm"
        }
    }
}

extension RSAPublicKey: Hashable {
    public static func == (left: RSAPublicKey, right: RSAPublicKey) -> Bool {
        left === right || left.subjectPublicKeyInfo == right.subjectPublicKeyInfo
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(thumbprint)
    }
}
