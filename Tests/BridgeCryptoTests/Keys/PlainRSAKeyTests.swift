import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeCrypto

@Suite("A public key that is read without OpenSSL")
struct PlainRSAKeyTests {
    @Test("has the numbers that OpenSSL finds in it", arguments: ["CobrowseIO", "CobrowseIO-3072", "CobrowseIO-4096"])
    func numbers(_ name: String) throws {
        let bytes = try RepositoryFile("Certificates/salesforce/\(name).crt").bytes()
        let certificate = try Certificate(reading: bytes, source: name)
        let pem = try certificate.publicKeyPEM()
        let key = try RSAPublicKey(reading: pem, source: name)
        let plain = try #require(PlainRSAKey(subjectPublicKeyInfo: key.subjectPublicKeyInfo))
        #expect((plain.modulus, plain.exponent) == (key.modulus, key.exponent))
        #expect(plain.bits == key.bits)
        #expect(try certificate.publicKey() == key)
        #expect(certificate.publicKeySummary == ("RSA", key.bits))
    }

    /// A way to write the same key, or nearly the same, that is for OpenSSL to judge.
    struct Spelling: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable ([UInt8]) -> [UInt8]

        init(_ description: String, _ change: @escaping @Sendable ([UInt8]) -> [UInt8]) {
            (testDescription, self.change) = (description, change)
        }
    }

    private static let spellings: [Spelling] = [
        Spelling("nothing") { _ in [] }, Spelling("one byte") { Array($0.prefix(1)) },
        Spelling("cut off") { $0.dropLast() }, Spelling("followed by a byte") { $0 + [0] },
        Spelling("another algorithm") { changing($0, at: 16) { $0 ^ 0x0B } },
        Spelling("parameters that are not NULL") { changing($0, at: 17) { _ in 0x30 } },
        Spelling("unused bits") { changing($0, at: 23) { _ in 1 } },
        Spelling("a negative modulus") { changing($0, at: 32) { _ in 0xFF } },
        Spelling("a length of four bytes") { Array($0.prefix(1)) + [0x84, 0, 0] + $0[2...] },
        Spelling("a length beyond the end") { changing($0, at: 3) { _ in 0xFF } },
    ]

    private static func changing(_ bytes: [UInt8], at place: Int, _ change: (UInt8) -> UInt8) -> [UInt8] {
        var bytes = bytes
        bytes[place] = change(bytes[place])
        return bytes
    }

    @Test("is written as OpenSSL writes it", arguments: spellings)
    func spelling(_ spelling: Spelling) throws {
        let key = try KeyFixture.cobrowse.publicKey.subjectPublicKeyInfo
        #expect(PlainRSAKey(subjectPublicKeyInfo: key) != nil)
        let changed = spelling.change(key)
        #expect(changed != key)
        #expect(PlainRSAKey(subjectPublicKeyInfo: changed) == nil)
    }
}
