import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeCrypto

@Suite("A keystore made here")
struct MadeKeystoreTests {
    private static let now = Timestamp(seconds: 1_795_000_000)

    private static func certificate(_ fixture: KeyFixture) throws -> Certificate {
        try Certificate(reading: try fixture.certificateFile.bytes(), source: "certificate")
    }

    private static func bytes(_ secret: Secret) -> [UInt8] {
        secret.withBytes { span in span.indices.map { span[$0] } }
    }

    @Test("opens again with its password and no other", arguments: Keystore.Format.allCases, ["secret", "pässwörd €😀"])
    func bothWays(_ format: Keystore.Format, _ text: String) throws {
        let password = Secret(Array(text.utf8))
        let file = try Keystore.file(
            format, alias: "CobrowseIO", key: try KeyFixture.cobrowse.privateKey,
            chain: [try Self.certificate(.cobrowse)], password: password, createdAt: Self.now)
        let keystore = try Keystore(reading: Self.bytes(file), password: password, source: "it")
        let entry = try #require(keystore.entries.first)
        #expect(keystore.format == format)
        #expect(entry.alias == (format == .jks ? "cobrowseio" : "CobrowseIO"))
        #expect(entry.createdAt == (format == .jks ? Self.now : nil))
        #expect(try entry.key?.privateKey.get().publicKey == KeyFixture.cobrowse.publicKey)
        #expect(entry.key?.matchesCertificate == true)
        let error = #expect(throws: CryptoError.self) {
            try Keystore(reading: Self.bytes(file), password: Secret(Array("other!".utf8)), source: "it")
        }
        #expect(error?.code == .passwordWrong)
    }

    @Test("keeps a whole chain in its order", arguments: Keystore.Format.allCases)
    func chain(_ format: Keystore.Format) throws {
        let chain = try Certificate.chain(
            reading: try RepositoryFile("Certificates/foreign/authority-signed-chain.pem").bytes(), source: "chain")
        let file = try Keystore.file(
            format, alias: "a", key: try KeyFixture.cobrowse.privateKey, chain: chain,
            password: KeystoreFixture.password, createdAt: Self.now)
        let keystore = try Keystore(reading: Self.bytes(file), password: KeystoreFixture.password, source: "it")
        #expect(keystore.entries.count == 1)
        #expect(keystore.entries.first?.key?.chain.map(\.der) == chain.map(\.der))
    }

    @Test("never has the same salt twice")
    func salted() throws {
        let files = try (0..<2).map { _ in
            Self.bytes(
                try Keystore.file(
                    .jks, alias: "a", key: try KeyFixture.cobrowse.privateKey,
                    chain: [try Self.certificate(.cobrowse)], password: KeystoreFixture.password, createdAt: Self.now))
        }
        #expect(files[0] != files[1])
    }

    @Test("of Java holds several entries with names of any script")
    func severalEntries() throws {
        let password = try JavaPassword(KeystoreFixture.password, source: "it")
        var writer = JavaKeystoreWriter()
        let aliases = ["ключ", "鍵 😀", "partner"]
        for alias in aliases.dropLast() {
            try writer.add(
                alias, .privateKey(try KeyFixture.renewed.privateKey, chain: [try Self.certificate(.renewed)]),
                createdAt: Self.now, password: password)
        }
        try writer.add(
            "Partner", .certificate(try Self.certificate(.rsa3072)), createdAt: Self.now, password: password)
        let file = try writer.finish(password: password)
        #expect(file == KeystoreFixture.sealed(file.dropLast(20)))
        let keystore = try Keystore(reading: file, password: KeystoreFixture.password, source: "it")
        #expect(keystore.entries.map(\.alias) == aliases)
        #expect(keystore.entry("КЛЮЧ")?.key?.matchesCertificate == true)
        #expect(keystore.entry("partner")?.certificate?.publicKeySummary.bits == 3072)
    }

    @Test("is not made against a rule, and the error names them all")
    func refused() throws {
        let error = #expect(throws: CryptoError.self) {
            try Keystore.file(
                .jks, alias: "1", key: try KeyFixture.cobrowse.privateKey, chain: [],
                password: Secret(Array("abc".utf8)), createdAt: Self.now)
        }
        #expect(error?.code == .configurationInvalid)
        for words in ["no certificate", "begins with a letter", "6 characters"] {
            #expect(error?.detail.contains(words) == true)
        }
    }
}
