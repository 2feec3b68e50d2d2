internal import BridgeCore
internal import COpenSSL

/// An RSA private key that signs tokens; immutable, safe to share between threads, never printed.
public final class RSAPrivateKey: @unchecked Sendable {  // never mutated after init; EVP_PKEY reads are thread-safe
    private let pointer: OpaquePointer  // EVP_PKEY, owned: freed in deinit
    /// The public half.
    public let publicKey: RSAPublicKey

    /// Takes over `pointer`, also when it throws; `source` names the key in errors.
    init(takingOwnershipOf pointer: OpaquePointer, source: String) throws(CryptoError) {
        do {
            EVP_PKEY_up_ref(pointer)  // for the public key, which owns a reference of its own
            self.publicKey = try RSAPublicKey(takingOwnershipOf: pointer, source: source)
        } catch {
            EVP_PKEY_free(pointer)
            throw error
        }
        self.pointer = pointer  // the last step: from here on deinit owns it
    }

    deinit {
        EVP_PKEY_free(pointer)
    }

    /// Makes a new key with exponent 65537.
    ///
    /// - Parameter bits: 2048, 3072 or 4096, the sizes Salesforce offers and imports.
    /// - Throws: `key_too_small` for another size, `internal`.
    public static func generate(bits: Int = 2048) throws(CryptoError) -> RSAPrivateKey {
        OpenSSL.initialize
        guard [2048, 3072, 4096].contains(bits) else {
            throw CryptoError(.keyTooSmall, "\(bits) is no key size in use", hint: "use 2048, 3072 or 4096")
        }
        let pointer = try checked(.internal, "EVP_RSA_gen failed") { generate(bits: UInt32(bits)) }
        return try RSAPrivateKey(takingOwnershipOf: pointer, source: "the new key")
    }

    private static func generate(bits: UInt32) -> OpaquePointer? {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
            EVP_PKEY_generate(context, &key) == 1
        else { return nil }
        return key
    }

    /// Lends the key to C.
    func withPointer<Result, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(pointer)
    }
}

extension RSAPrivateKey: CustomStringConvertible, CustomReflectable {
    /// Names the key by its public half; the private numbers are never shown.
    public var description: String { "RSA private key \(publicKey.thumbprint)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
