extension RSAPublicKey {
    /// The SubjectPublicKeyInfo of an RSA key, DER (RFC 8017 A.1, RFC 5280 §4.1.2.7): the bytes of `i2d_PUBKEY`, without the
    /// tenth of a millisecond in which OpenSSL 3.0 looks for somebody to write them.
    ///
    /// - Parameters: both unsigned big-endian.
    static func encode(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
        let numbers = der(0x30, der(0x02, magnitude(modulus)) + der(0x02, magnitude(exponent)))
        return der(0x30, algorithm + der(0x03, [0] + numbers))
    }

    /// rsaEncryption with NULL for its parameters (RFC 3279 §2.3.1).
    private static let algorithm: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]

    /// The content of a positive INTEGER: no zeros in front but the one that keeps it positive.
    private static func magnitude(_ bigEndian: [UInt8]) -> [UInt8] {
        let digits = bigEndian.drop { $0 == 0 }
        guard let first = digits.first else { return [0] }
        return first & 0x80 == 0 ? Array(digits) : [0] + digits
    }

    /// A value with its tag and the shortest form of its length.
    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        guard content.count >= 0x80 else { return [tag, UInt8(content.count)] + content }
        var length: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }
}
