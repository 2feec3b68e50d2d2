internal import BridgeCore

/// What an RSA public key has to be before anybody's login depends on it.
///
/// Checked without OpenSSL, on the plain numbers: size 2048 to 16384 bits, an odd exponent above 1 of at most 64 bits,
/// no prime factor of the modulus below 2¹⁶, and not the fingerprint of CVE-2017-15361 (ROCA). The sizes are those of
/// RFC 7518 §3.3 and of OpenSSL's own limits for verification.
enum RSAKeyStrength {
    static let smallest = 2048
    static let largest = 16_384

    /// Throws `key_too_small` with the rule that was broken.
    static func check(modulus: [UInt8], exponent: [UInt8], source: String) throws(CryptoError) {
        if let weakness = weakness(modulus: modulus, exponent: exponent) {
            throw CryptoError(
                .keyTooSmall, "\(source) is too weak: \(weakness)",
                hint: "make a new RSA key of 2048, 3072 or 4096 bits")
        }
    }

    private static func weakness(modulus: [UInt8], exponent: [UInt8]) -> String? {
        let bits = bitCount(modulus)
        if bits < smallest { return "it has \(bits) bits, \(smallest) are needed" }
        if bits > largest { return "it has \(bits) bits, more than \(largest) are not supported" }
        if let weakness = weakness(exponent: exponent) { return weakness }
        let limbs = Limbs(bigEndian: modulus)
        if let factor = SmallPrimes.factor(of: limbs) { return "its modulus is divisible by \(factor)" }
        if ROCA.fingerprints(limbs) {
            return "its modulus has the fingerprint of the Infineon library (CVE-2017-15361)"
        }
        return nil
    }

    private static func weakness(exponent: [UInt8]) -> String? {
        let significant = exponent.drop { $0 == 0 }
        guard let last = significant.last, last & 1 == 1 else { return "its public exponent is even" }
        if significant.count == 1, last == 1 { return "its public exponent is 1" }
        if significant.count > 8 { return "its public exponent has more than 64 bits" }
        return nil
    }

    private static func bitCount(_ bigEndian: [UInt8]) -> Int {
        let significant = bigEndian.drop { $0 == 0 }
        guard let first = significant.first else { return 0 }
        return significant.count * 8 - first.leadingZeroBitCount
    }
}

/// The test for moduli made by the flawed Infineon library: Nemec et al., "The Return of Coppersmith's Attack", 2017.
///
/// Its primes are k·M + (65537^a mod M) with M a product of the first primes, so that N modulo each of those primes is
/// a power of 65537. A healthy modulus passes this for all of them with a probability below 2⁻²⁷.
enum ROCA {
    static func fingerprints(_ modulus: Limbs) -> Bool {
        primes.allSatisfy { prime in
            let residue = modulus.remainder(dividingBy: prime)
            var power: UInt64 = 1
            repeat {
                if power == residue { return true }
                power = power * 65_537 % prime
            } while power != 1
            return false
        }
    }

    /// The odd primes up to 167, those of the 39 primes that every key size of the library uses.
    private static let primes: [UInt64] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ]
}
