import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("Damaged certificates, judged by openssl", .serialized, .blocking)
struct DamagedCertificateTests {
    /// A certificate and how it is damaged; `seed` makes each row another damage.
    struct Damage: Sendable, CustomTestStringConvertible {
        let path: String
        let seed: UInt64
        let rounds: Int

        /// Characters that keep a PEM file readable now and then; any byte for DER.
        var alphabet: [UInt8] { path.hasSuffix(".der") ? [] : Array("ABCXYZabcxyz0189+/=- \n".utf8) }
        var testDescription: String { "\(path), seed \(seed)" }
    }

    static let damages: [Damage] = [
        Damage(path: "shapes/CobrowseIO.der", seed: 1, rounds: 40),
        Damage(path: "salesforce/CobrowseIO.crt", seed: 2, rounds: 30),
        Damage(path: "shapes/text-before.crt", seed: 3, rounds: 15),
        Damage(path: "shapes/trusted-certificate.crt", seed: 4, rounds: 25),
        Damage(path: "foreign/ec-p256.crt", seed: 5, rounds: 15),
        Damage(path: "shapes/bundle-of-two.crt", seed: 6, rounds: 20),
        Damage(path: "keys/CobrowseIO-key-and-certificate-TEST-ONLY.pem", seed: 7, rounds: 15),
    ]

    @Test("are read by both or by neither, and give the same key", arguments: damages)
    func mutated(_ damage: Damage) throws {
        let openssl = try OpenSSLProgram()
        let original = try RepositoryFile("Certificates/\(damage.path)").bytes()
        var random = SeededGenerator(seed: damage.seed)
        var readable = 0
        for round in 0..<damage.rounds {
            var bytes = original
            for _ in 0...(round % 2) { Mutation.apply(to: &bytes, alphabet: damage.alphabet, using: &random) }
            if try expectSame(bytes, openssl, "round \(round)") { readable += 1 }
        }
        #expect(readable > 0)
        #expect(readable < damage.rounds)
    }

    @Test("are read by both or by neither, wherever they are cut off")
    func truncated() throws {
        let openssl = try OpenSSLProgram()
        for path in ["shapes/CobrowseIO.der", "salesforce/CobrowseIO.crt"] {
            let bytes = try RepositoryFile("Certificates/\(path)").bytes()
            for count in Array(stride(from: 0, to: bytes.count, by: 53)) + [bytes.count - 2, bytes.count - 1] {
                _ = try expectSame(Array(bytes[..<count]), openssl, "\(path) cut after \(count)")
            }
        }
    }

    /// Compares both readings; `true` when the certificate could be read.
    private func expectSame(_ bytes: [UInt8], _ openssl: OpenSSLProgram, _ what: String) throws -> Bool {
        let theirs = try openssl.run("x509", "-pubkey", "-noout", "-in", openssl.file("damaged", bytes))
        let ours = try? Certificate(reading: bytes, source: "damaged").publicKeyPEM()
        #expect(ours ?? [] == (theirs.isSuccess ? theirs.output : []), "\(what): \(Hex.encode(bytes))")
        return ours != nil
    }
}
