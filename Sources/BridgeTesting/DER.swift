/// Writes the little DER (X.690) that tests make by hand.
package enum DER {
    /// A SEQUENCE around content that is DER already.
    package static func sequence(_ content: [UInt8]) -> [UInt8] { value(tag: 0x30, content) }

    /// A BIT STRING without unused bits.
    package static func bitString(_ content: [UInt8]) -> [UInt8] { value(tag: 0x03, [0] + content) }

    /// An INTEGER that is not negative, from its unsigned big-endian bytes.
    package static func integer(_ bigEndian: [UInt8]) -> [UInt8] {
        let significant = Array(bigEndian.drop { $0 == 0 })
        let needsZero = (significant.first ?? 0x80) >= 0x80
        return value(tag: 0x02, needsZero ? [0] + significant : significant)
    }

    /// The SubjectPublicKeyInfo of an RSA key with these numbers, whatever they are worth (RFC 8017 A.1.1).
    package static func rsaPublicKey(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
        let algorithm = sequence([0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00])
        return sequence(algorithm + bitString(sequence(integer(modulus) + integer(exponent))))
    }

    /// A PKCS#7 file of certificates and nothing else (RFC 2315 §9.1).
    package static func certificatesOnly(_ certificates: [[UInt8]]) -> [UInt8] {
        let data = sequence([0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01])
        let content =
            integer([1]) + [0x31, 0x00] + data + value(tag: 0xA0, certificates.flatMap(\.self)) + [0x31, 0x00]
        let signedData: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
        return sequence(signedData + value(tag: 0xA0, sequence(content)))
    }

    private static func value(tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + length(content.count) + content
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }.drop { $0 == 0 }
        return [0x80 | UInt8(bytes.count)] + bytes
    }
}
