import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A damaged keystore")
struct DamagedKeystoreTests {
    private static let samples = [
        "key-and-certificate-TEST-ONLY.jks", "two-keys-TEST-ONLY.jks", "modern-TEST-ONLY.p12",
    ]

    private static func open(_ bytes: [UInt8]) throws(CryptoError) -> Keystore {
        try Keystore(reading: bytes, password: KeystoreFixture.password, source: "it")
    }

    @Test("is refused as damaged wherever it was cut off", arguments: samples)
    func truncated(_ name: String) throws {
        let bytes = try KeystoreFixture.sample(name).bytes()
        for count in 0..<bytes.count {
            let error = #expect(throws: CryptoError.self) { try Self.open(Array(bytes.prefix(count))) }
            #expect(error?.code == .certificateMalformed, "\(count) bytes")
        }
    }

    @Test("is refused with whatever byte behind it", arguments: samples)
    func extended(_ name: String) throws {
        let bytes = try KeystoreFixture.sample(name).bytes()
        for byte: UInt8 in [0, 0x30, 0xFF] {
            let error = #expect(throws: CryptoError.self) { try Self.open(bytes + [byte]) }
            #expect(error?.code == .certificateMalformed)
        }
    }

    @Test("of Java is never accepted, and never taken for a wrong password where a key opens")
    func mutated() throws {
        let bytes = try KeystoreFixture.sample("key-and-certificate-TEST-ONLY.jks").bytes()
        var random = SeededGenerator(seed: 4)
        for _ in 0..<3000 {
            var changed = bytes
            Mutation.apply(to: &changed, using: &random)
            guard changed != bytes else { continue }
            #expect(throws: CryptoError.self) { try Self.open(changed) }
        }
        // One bit in the second certificate: the private key of the first entry still opens.
        var changed = bytes
        changed[bytes.count - 100] ^= 1
        let error = #expect(throws: CryptoError.self) { try Self.open(changed) }
        #expect(error?.code == .certificateMalformed)
        #expect(error?.detail.contains("the password is right") == true)
    }

    @Test("of PKCS#12 is refused, or means the same")
    func mutatedPKCS12() throws {
        let file = RepositoryFile("Tests/Vectors/Corpus/pkcs12/seed-checked-one-iteration.p12")
        let bytes = try file.bytes()
        let original = try Self.open(bytes)
        var random = SeededGenerator(seed: 12)
        var refused = 0
        for _ in 0..<2000 {
            var changed = bytes
            Mutation.apply(to: &changed, using: &random)
            do throws(CryptoError) {
                let keystore = try Keystore(
                    reading: changed, password: KeystoreFixture.password, source: "it", iterationLimit: 100_000)
                #expect(keystore.entries.map(\.alias) == original.entries.map(\.alias))
                #expect(keystore.entries.first?.certificate?.der == original.entries.first?.certificate?.der)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1900)
    }

    @Test("whose password is right is told from a wrong password, PKCS#12 too")
    func damagedPKCS12() throws {
        var bytes = try KeystoreFixture.sample("modern-TEST-ONLY.p12").bytes()
        bytes[bytes.count - 800] ^= 1  // inside the private key, behind the certificate
        let error = #expect(throws: CryptoError.self) { try Self.open(bytes) }
        #expect(error?.code == .certificateMalformed)
        let other = #expect(throws: CryptoError.self) {
            try Keystore(reading: bytes, password: Secret(Array("other".utf8)), source: "it")
        }
        #expect(other?.code == .passwordWrong)
    }

    @Test("is refused at once when it is larger than any keystore")
    func huge() throws {
        let bytes = try KeystoreFixture.sample("one-key-TEST-ONLY.jks").bytes()
        let error = #expect(throws: CryptoError.self) {
            try Self.open(bytes + [UInt8](repeating: 0, count: Keystore.sizeLimit))
        }
        #expect(error?.code == .certificateMalformed)
    }

    @Test(
        "that is another file is called what it is",
        arguments: [
            ("Certificates/salesforce/CobrowseIO.crt", ReasonCode.certificateMalformed, "neither JKS nor PKCS#12"),
            ("Certificates/shapes/CobrowseIO.p7c", .certificateMalformed, "PKCS#7"),
            ("Certificates/foreign/empty.crt", .certificateMalformed, "is empty"),
            ("Certificates/keystores/jceks-TEST-ONLY.jks", .keystoreUnsupported, "JCEKS"),
        ])
    func others(_ path: String, _ code: ReasonCode, _ words: String) throws {
        let error = #expect(throws: CryptoError.self) { try Self.open(try RepositoryFile(path).bytes()) }
        #expect(error?.code == code)
        #expect(error?.detail.contains(words) == true)
        #expect(error?.hint != nil || words == "PKCS#7")
    }
}
