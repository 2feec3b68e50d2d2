import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

@Suite("A hostile keystore")
struct CorpusTests {
    private static let files: [RepositoryFile] = ["jks", "pkcs12"].flatMap { folder in
        let path = "Tests/Vectors/Corpus/\(folder)"
        return ((try? RepositoryFile.names(in: path)) ?? []).map { RepositoryFile("\(path)/\($0)") }
    }

    @Test("is read or refused as its name says", arguments: files)
    func replay(_ file: RepositoryFile) throws {
        let name = file.path.split(separator: "/").last ?? ""
        let result = Result { () throws(CryptoError) in
            try Keystore(reading: Self.bytes(file), password: KeystoreFixture.password, source: "it")
        }
        switch name.split(separator: "-").first ?? "" {
        case "good", "seed":
            let entries = try result.get().entries
            #expect(entries.allSatisfy { (try? $0.key?.privateKey.get()) != nil || $0.key == nil })
        case "locked":
            let key = try #require(try result.get().entries.first?.key)
            #expect(throws: CryptoError.self) { try key.privateKey.get() }
        default:
            let error = #expect(throws: CryptoError.self) { try result.get() }
            let codes: [ReasonCode] = [.certificateMalformed, .keystoreUnsupported, .passwordWrong]
            #expect(error.map { codes.contains($0.code) } == true)
        }
    }

    @Test("is there in numbers")
    func count() {
        #expect(Self.files.count > 90)
    }

    private static func bytes(_ file: RepositoryFile) throws(CryptoError) -> [UInt8] {
        (try? file.bytes()) ?? []
    }

    @Test(
        "of a Java keystore is named by where it breaks",
        arguments: [
            ("bad-alias-length-65535", "it is damaged at byte 18: an alias needs 65535 bytes and 1003 are left"),
            ("bad-trailing-byte", "it is damaged at byte 1021: the file should end here, and 1 more follow"),
            ("bad-version-3", "it is damaged at byte 8: version 3, where 1 or 2 should be"),
            ("bad-certificate-not-der", "a certificate of \"cobrowseio\" in it cannot be read"),
        ])
    func places(_ name: String, _ detail: String) throws {
        let bytes = try RepositoryFile("Tests/Vectors/Corpus/jks/\(name).jks").bytes()
        let error = #expect(throws: CryptoError.self) {
            try Keystore(reading: bytes, password: KeystoreFixture.password, source: "it")
        }
        #expect(error?.detail == detail)
    }
}
