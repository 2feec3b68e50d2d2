import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeCrypto

/// Numbers that make a weak key, and the words the refusal has to hold.
struct WeakKey: Sendable, CustomTestStringConvertible {
    let name: String
    let modulus: [UInt8]
    let exponent: [UInt8]
    let words: String

    var testDescription: String { name }

    /// A product of no small primes of `bits` bits that ends in one bit: good enough for a check that reads only.
    static func modulus(bits: Int) -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(bits))
        while true {
            var bytes = (0..<(bits + 7) / 8).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let spare = UInt8(bytes.count * 8 - bits)
            bytes[0] = (bytes[0] | 0x80) >> spare
            bytes[bytes.count - 1] |= 1
            if SmallPrimes.factor(of: Limbs(bigEndian: bytes)) == nil { return bytes }
        }
    }

    /// `number` times a small `factor`, big-endian.
    static func product(_ number: [UInt8], _ factor: UInt64) -> [UInt8] {
        var carry: UInt64 = 0
        var bytes = number
        for index in bytes.indices.reversed() {
            let value = UInt64(bytes[index]) * factor + carry
            bytes[index] = UInt8(truncatingIfNeeded: value)
            carry = value >> 8
        }
        return [16, 8, 0].map { UInt8(truncatingIfNeeded: carry >> $0) } + bytes
    }
}

@Suite("An RSA key")
struct KeyStrengthTests {
    private static let sound = WeakKey.modulus(bits: 2048)
    private static let usual: [UInt8] = [1, 0, 1]

    static let weak: [WeakKey] =
        [
            WeakKey(name: "no modulus", modulus: [], exponent: usual, words: "0 bits"),
            WeakKey(name: "modulus 0", modulus: [0, 0], exponent: usual, words: "0 bits"),
            WeakKey(name: "512 bits", modulus: WeakKey.modulus(bits: 512), exponent: usual, words: "512 bits"),
            WeakKey(name: "2047 bits", modulus: WeakKey.modulus(bits: 2047), exponent: usual, words: "2047 bits"),
            WeakKey(
                name: "2047 bits behind zeros", modulus: [0, 0] + WeakKey.modulus(bits: 2047), exponent: usual,
                words: "2047 bits"),
            WeakKey(
                name: "16385 bits", modulus: [1] + [UInt8](repeating: 0xFF, count: 2048), exponent: usual,
                words: "16385 bits"),
            WeakKey(name: "no exponent", modulus: sound, exponent: [], words: "even"),
            WeakKey(name: "exponent 0", modulus: sound, exponent: [0], words: "even"),
            WeakKey(name: "exponent 1", modulus: sound, exponent: [1], words: "exponent is 1"),
            WeakKey(name: "exponent 1 behind zeros", modulus: sound, exponent: [0, 0, 1], words: "exponent is 1"),
            WeakKey(name: "exponent 2", modulus: sound, exponent: [2], words: "even"),
            WeakKey(name: "exponent 65536", modulus: sound, exponent: [1, 0, 0], words: "even"),
            WeakKey(
                name: "exponent of 65 bits", modulus: sound, exponent: [1, 0, 0, 0, 0, 0, 0, 0, 1], words: "64 bits"),
        ]
        + [2, 3, 5, 7, 251, 257, 751, 32_749, 65_519, 65_521].map { factor in
            WeakKey(
                name: "factor \(factor)", modulus: WeakKey.product(sound, factor), exponent: usual,
                words: "divisible by \(factor)")
        }

    @Test("is refused as too weak, with the rule it breaks", arguments: weak)
    func refused(_ key: WeakKey) {
        let error = cryptoError { () throws(CryptoError) in
            _ = try RSAPublicKey(modulus: key.modulus, exponent: key.exponent)
        }
        #expect(error?.code == .keyTooSmall)
        #expect(error?.detail.contains(key.words) == true)
        let encoded = cryptoError { () throws(CryptoError) in
            let der = DER.rsaPublicKey(modulus: key.modulus, exponent: key.exponent)
            _ = try RSAPublicKey(subjectPublicKeyInfo: der)
        }
        #expect(encoded != nil)
    }

    @Test(
        "is accepted at the borders",
        arguments: [[3], [1, 0, 1], [0, 1, 0, 1], [255, 255, 255, 255, 255, 255, 255, 255]])
    func accepted(_ exponent: [UInt8]) throws {
        let key = try RSAPublicKey(modulus: Self.sound, exponent: exponent)
        #expect(key.bits == 2048)
        #expect(key.modulus == Self.sound)
        #expect(key.exponent == Array(exponent.drop { $0 == 0 }))
        #expect(try RSAPublicKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo) == key)
        #expect(key.subjectPublicKeyInfo == DER.rsaPublicKey(modulus: Self.sound, exponent: exponent))
    }

    @Test("made by the flawed Infineon library is recognised by its fingerprint (CVE-2017-15361)")
    func roca() throws {
        for name in ["roca.crt", "roca.pub.pem", "roca-TEST-ONLY.key.pem"] {
            let bytes = try RepositoryFile("Certificates/weak/\(name)").bytes()
            let error = cryptoError { () throws(CryptoError) in
                if name.hasSuffix(".crt") {
                    _ = try Certificate(reading: bytes, source: name).publicKey()
                } else if name.hasSuffix(".pub.pem") {
                    _ = try RSAPublicKey(reading: bytes, source: name)
                } else {
                    _ = try RSAPrivateKey(reading: bytes, source: name)
                }
            }
            #expect(error?.code == .keyTooSmall)
            #expect(error?.detail.contains("CVE-2017-15361") == true, "\(name)")
        }
    }

    @Test("that is sound has no fingerprint of that library")
    func noFalseAlarm() throws {
        var random = SeededGenerator(seed: 15361)
        for _ in 0..<500 {
            let modulus = (0..<64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            #expect(!ROCA.fingerprints(Limbs(bigEndian: modulus)))
        }
    }

    @Test("is told its smallest factor as if it were divided by one number after the other")
    func factors() {
        var random = SeededGenerator(seed: 1994)
        for _ in 0..<20 {
            let bytes = (0..<17 + random.below(16)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let number = Limbs(bigEndian: bytes)
            // The smallest divisor is a prime.
            let expected = (2..<(1 << 16)).lazy.map(UInt64.init).first { number.remainder(dividingBy: $0) == 0 }
            #expect(SmallPrimes.factor(of: number) == expected)
        }
    }

    @Test("is divided exactly by the numbers that divide it")
    func remainders() {
        for value in [UInt64(0), 1, 2, 65_521, 4_294_967_295, 4_294_967_296, 18_446_744_073_709_551_615] {
            for padding in 0..<5 {
                let bytes =
                    [UInt8](repeating: 0, count: padding)
                    + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
                for divisor in [UInt64(1), 2, 3, 65_521, 4_294_967_295] {
                    #expect(Limbs(bigEndian: bytes).remainder(dividingBy: divisor) == value % divisor)
                }
            }
        }
    }
}
