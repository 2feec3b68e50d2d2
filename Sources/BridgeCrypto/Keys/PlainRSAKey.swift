/// The numbers of an RSA public key that is written as OpenSSL writes it, read without OpenSSL.
///
/// Of the many ways to write a key this is the one that nearly all are written in, and the one whose bytes are printed
/// as they are. Any other is for OpenSSL to judge.
struct PlainRSAKey {
    /// Both unsigned big-endian, without zeros in front.
    let modulus: [UInt8]
    let exponent: [UInt8]

    /// - Returns: `nil` for every other SubjectPublicKeyInfo, and for sizes that nobody uses.
    init?(subjectPublicKeyInfo der: [UInt8]) {
        guard let (info, end) = Self.content(0x30, of: der[...]), end.isEmpty,
            let (_, afterAlgorithm) = Self.content(0x30, of: info),
            let (bits, _) = Self.content(0x03, of: afterAlgorithm),
            let (numbers, _) = Self.content(0x30, of: bits.dropFirst()),
            let (modulus, afterModulus) = Self.content(0x02, of: numbers),
            let (exponent, _) = Self.content(0x02, of: afterModulus)
        else { return nil }
        self.modulus = Array(modulus.drop { $0 == 0 })
        self.exponent = Array(exponent.drop { $0 == 0 })
        guard Self.modulusSizes.contains(self.modulus.count), Self.exponentSizes.contains(self.exponent.count),
            // Whatever was passed over above makes a difference here.
            RSAPublicKey.encode(modulus: self.modulus, exponent: self.exponent) == der
        else { return nil }
    }

    /// In bytes: 2041 to 16 384 bits.
    private static let modulusSizes = 256...2048
    private static let exponentSizes = 1...8

    /// The number of bits of the modulus.
    var bits: Int { modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 8) }

    /// The content of the value at the start of `bytes`, and what follows it; `nil` for another tag, for lengths of
    /// more than 65 535, and where bytes are missing.
    private static func content(
        _ tag: UInt8, of bytes: ArraySlice<UInt8>
    ) -> (content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
        guard bytes.first == tag, let first = bytes.dropFirst().first else { return nil }
        let digits = first < 0x80 ? 0 : Int(first & 0x7F)
        let body = bytes.dropFirst(2 + digits)
        let length = digits == 0 ? Int(first) : bytes.dropFirst(2).prefix(digits).reduce(0) { $0 << 8 | Int($1) }
        guard digits <= 2, length <= body.count else { return nil }
        return (body.prefix(length), body.dropFirst(length))
    }
}
