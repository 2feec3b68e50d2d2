internal import BridgeCore
internal import COpenSSL

/// The protection that Sun gave private keys in Java keystores: a key stream of SHA-1 over the password.
///
/// Octets are a salt of 20 bytes, the PKCS#8 key XORed with K1 K2 ..., and SHA1(password, key); K1 is SHA1(password,
/// salt), Kn is SHA1(password, Kn-1). OID 1.3.6.1.4.1.42.2.17.1.1; JDK, `sun.security.provider.KeyProtector`.
enum JavaKeyProtector {
    /// What came out for a password.
    struct Opened: ~Copyable {
        /// PKCS#8, DER, when the password was right.
        let key: WipedBytes
        /// Whether the check value fits: the password was right and nothing was changed.
        let isIntact: Bool

        /// Whether the first bytes are those of a PKCS#8 key: the password was right, whatever happened to the rest.
        var beginsLikeAKey: Bool {
            // SEQUENCE of 256 to 65535 bytes, version 0, the algorithm's SEQUENCE with its OID.
            key.withBytes { raw in
                raw.count > 10 && raw[0] == 0x30 && raw[1] == 0x82
                    && raw[4..<8].elementsEqual([0x02, 0x01, 0x00, 0x30]) && raw[9] == 0x06
            }
        }
    }

    /// Takes the protection off; `nil` for fewer octets than salt and check value have.
    static func open(
        _ octets: UnsafeRawBufferPointer, _ password: borrowing JavaPassword
    ) throws(CryptoError) -> Opened? {
        let size = SHA1Hasher.size
        guard octets.count >= 2 * size else { return nil }
        let salt = UnsafeRawBufferPointer(rebasing: octets[..<size])
        let ciphertext = UnsafeRawBufferPointer(rebasing: octets[size..<(octets.count - size)])
        let check = UnsafeRawBufferPointer(rebasing: octets[(octets.count - size)...])
        let hasher = try password.hasher()
        let key = try transformed(ciphertext, salt: salt, hasher)
        let expected = try digest(of: key, hasher)
        return Opened(key: key, isIntact: expected.withBytes { ConstantTime.areEqual($0, check) })
    }

    /// Puts the protection on a PKCS#8 key.
    static func seal(_ key: borrowing WipedBytes, _ password: borrowing JavaPassword) throws(CryptoError) -> [UInt8] {
        let hasher = try password.hasher()
        let salt = try SecureRandom.bytes(SHA1Hasher.size)
        let ciphertext = try salt.span.bytes.withUnsafeBytes { salt throws(CryptoError) in
            try key.withBytes { key throws(CryptoError) in try transformed(key, salt: salt, hasher) }
        }
        let check = try digest(of: key, hasher)
        return salt + ciphertext.withBytes { Array($0) } + check.withBytes { Array($0) }
    }

    /// XORs the key stream, which works in both directions; `password` has taken in the password.
    private static func transformed(
        _ input: UnsafeRawBufferPointer, salt: UnsafeRawBufferPointer, _ password: borrowing SHA1Hasher
    ) throws(CryptoError) -> WipedBytes {
        let hasher = try SHA1Hasher()
        var output = WipedBytes(count: input.count)
        var block = WipedBytes(count: SHA1Hasher.size)
        block.withMutableBytes { $0.copyMemory(from: salt) }
        for start in stride(from: 0, to: input.count, by: SHA1Hasher.size) {
            try hasher.restart(from: password)
            try block.withBytes { last throws(CryptoError) in try hasher.update(last) }
            try block.withMutableBytes { next throws(CryptoError) in try hasher.finish(into: next) }
            block.withBytes { stream in
                output.withMutableBytes { output in
                    for index in start..<min(start + stream.count, input.count) {
                        output[index] = input[index] ^ stream[index - start]
                    }
                }
            }
        }
        return output
    }

    private static func digest(
        of key: borrowing WipedBytes, _ password: borrowing SHA1Hasher
    ) throws(CryptoError) -> WipedBytes {
        let hasher = try SHA1Hasher()
        try hasher.restart(from: password)
        try key.withBytes { key throws(CryptoError) in try hasher.update(key) }
        var digest = WipedBytes(count: SHA1Hasher.size)
        try digest.withMutableBytes { digest throws(CryptoError) in try hasher.finish(into: digest) }
        return digest
    }
}
