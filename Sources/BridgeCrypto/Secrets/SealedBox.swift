public import BridgeCore
internal import COpenSSL

/// The key that encrypts everything secret at rest: 32 random bytes.
public struct MasterKey: Sendable {
    /// The length of a master key in bytes.
    public static let size = 32
    private let key: Secret

    /// Takes exactly 32 bytes; `nil` for any other number.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        key = Secret(bytes)
    }

    /// Encrypts `plaintext` for the record that `record` names; only the same name opens it again.
    ///
    /// Each record has a data key of its own, wrapped by the master key, so that a new master key means wrapping
    /// 32 bytes a record anew. Layout: version 1, wrapped data key (nonce 12, key 32, tag 16), nonce 12, ciphertext,
    /// tag 16; AES-256-GCM (NIST SP 800-38D) with `record` as associated data of both.
    /// - Throws: `internal`.
    public func seal(_ plaintext: Secret, for record: String) throws(CryptoError) -> [UInt8] {
        let dataKey = Secret(try SecureRandom.bytes(Self.size))
        let wrapped = try AESGCM.seal(dataKey, key: key, associated: Array(record.utf8))
        return [Self.version] + wrapped + (try AESGCM.seal(plaintext, key: dataKey, associated: Array(record.utf8)))
    }

    /// Decrypts what `seal` made for the same record.
    ///
    /// - Throws: `password_wrong` when this is another master key, another record's box, or the box was changed.
    public func open(_ box: [UInt8], for record: String) throws(CryptoError) -> Secret {
        let wrappedEnd = 1 + AESGCM.overhead + Self.size
        guard box.first == Self.version, box.count >= wrappedEnd + AESGCM.overhead else {
            throw Self.cannotOpen(record)
        }
        let associated = Array(record.utf8)
        guard let dataKey = try AESGCM.open(box[1..<wrappedEnd], key: key, associated: associated),
            let plaintext = try AESGCM.open(box[wrappedEnd...], key: dataKey, associated: associated)
        else { throw Self.cannotOpen(record) }
        return plaintext
    }

    /// The same box under `other`: its data key is wrapped anew, its contents stay as they are.
    ///
    /// - Throws: as `open`; the contents themselves are not looked at.
    package func rewrap(
        _ box: [UInt8], for record: String, under other: MasterKey
    ) throws(CryptoError) -> [UInt8] {
        let wrappedEnd = 1 + AESGCM.overhead + Self.size
        guard box.first == Self.version, box.count >= wrappedEnd + AESGCM.overhead,
            let dataKey = try AESGCM.open(box[1..<wrappedEnd], key: key, associated: Array(record.utf8))
        else { throw Self.cannotOpen(record) }
        let wrapped = try AESGCM.seal(dataKey, key: other.key, associated: Array(record.utf8))
        return [Self.version] + wrapped + box[wrappedEnd...]
    }

    private static let version: UInt8 = 1

    private static func cannotOpen(_ record: String) -> CryptoError {
        CryptoError(
            .passwordWrong, "the master key does not open \(record)",
            hint: "start with the master key file that was in use when it was stored, or restore the backup of both")
    }
}

/// AES-256 in Galois/Counter Mode with a random nonce in front and the tag at the end.
enum AESGCM {
    private static let nonceSize = 12
    private static let tagSize = 16
    /// How much longer than the plaintext a sealed text is.
    static let overhead = nonceSize + tagSize

    static func seal(_ plaintext: Secret, key: Secret, associated: [UInt8]) throws(CryptoError) -> [UInt8] {
        let nonce = try SecureRandom.bytes(nonceSize)
        let context = try CipherContext()
        return try plaintext.withBytes { bytes throws(CryptoError) in
            try nonce + context.seal(bytes, key: key, nonce: nonce, associated: associated)
        }
    }

    /// `nil` when the tag does not fit.
    static func open(_ sealed: ArraySlice<UInt8>, key: Secret, associated: [UInt8]) throws(CryptoError) -> Secret? {
        guard sealed.count >= overhead else { return nil }
        let nonce = Array(sealed.prefix(nonceSize))
        let tag = Array(sealed.suffix(tagSize))
        let ciphertext = Array(sealed.dropFirst(nonceSize).dropLast(tagSize))
        let context = try CipherContext()
        return context.open(ciphertext, tag: tag, key: key, nonce: nonce, associated: associated)
            .map { Secret($0) }
    }

    /// An EVP_CIPHER_CTX for one operation.
    private struct CipherContext: ~Copyable {
        private let pointer: OpaquePointer  // EVP_CIPHER_CTX, owned: freed in deinit

        init() throws(CryptoError) {
            OpenSSL.initialize
            pointer = try checked(.internal, "EVP_CIPHER_CTX_new failed") { EVP_CIPHER_CTX_new() }
        }

        deinit {
            EVP_CIPHER_CTX_free(pointer)
        }

        func seal(
            _ plaintext: Span<UInt8>, key: Secret, nonce: [UInt8], associated: [UInt8]
        ) throws(CryptoError) -> [UInt8] {
            var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
            var tag = [UInt8](repeating: 0, count: tagSize)
            var written: Int32 = 0
            let sealed = plaintext.withUnsafeBufferPointer { plaintext in
                start(key: key, nonce: nonce, isEncrypting: 1)
                    && EVP_CipherUpdate(pointer, nil, &written, associated, Int32(clamping: associated.count)) == 1
                    && EVP_CipherUpdate(
                        pointer, &ciphertext, &written, plaintext.baseAddress, Int32(clamping: plaintext.count)) == 1
                    && EVP_CipherFinal_ex(pointer, &tag, &written) == 1
                    && bridge_EVP_CIPHER_CTX_get_gcm_tag(pointer, &tag, Int32(tagSize)) == 1
            }
            guard sealed else { throw CryptoError(.internal, "AES-256-GCM failed", underlying: ErrorQueue.drain()) }
            return ciphertext + tag
        }

        func open(
            _ ciphertext: [UInt8], tag: [UInt8], key: Secret, nonce: [UInt8], associated: [UInt8]
        ) -> [UInt8]? {
            var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
            var tag = tag
            var written: Int32 = 0
            var rest = [UInt8](repeating: 0, count: tagSize)
            let opened =
                start(key: key, nonce: nonce, isEncrypting: 0)
                && EVP_CipherUpdate(pointer, nil, &written, associated, Int32(clamping: associated.count)) == 1
                && EVP_CipherUpdate(pointer, &plaintext, &written, ciphertext, Int32(clamping: ciphertext.count)) == 1
                && bridge_EVP_CIPHER_CTX_set_gcm_tag(pointer, &tag, Int32(tagSize)) == 1
                && EVP_CipherFinal_ex(pointer, &rest, &written) == 1
            ErrorQueue.clear()
            return opened ? plaintext : nil
        }

        private func start(key: Secret, nonce: [UInt8], isEncrypting: Int32) -> Bool {
            key.withBytes { key in
                key.withUnsafeBufferPointer {
                    EVP_CipherInit_ex(pointer, EVP_aes_256_gcm(), nil, $0.baseAddress, nonce, isEncrypting) == 1
                }
            }
        }
    }
}
