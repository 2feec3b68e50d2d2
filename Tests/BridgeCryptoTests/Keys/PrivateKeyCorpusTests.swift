import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeCrypto

@Suite("A hostile private key")
struct PrivateKeyCorpusTests {
    private static let folder = "Tests/Vectors/Corpus/private-key"
    private static let files = (try? RepositoryFile.names(in: folder)) ?? []

    @Test("is read or refused as its name says, and never worked at for long", arguments: files)
    func replay(_ name: String) throws {
        let bytes = try RepositoryFile("\(Self.folder)/\(name)").bytes()
        var error: CryptoError?
        let time = ContinuousClock().measure {
            error = cryptoError { () throws(CryptoError) in
                _ = try RSAPrivateKey(
                    reading: bytes, passphrase: Secret(Array("test-only-passphrase".utf8)), source: "it")
            }
        }
        // The reading alone: a limit of the whole test would count how long it waits for its turn beside all others.
        #expect(time < .seconds(20))
        guard name.hasPrefix("bad-") else {
            #expect(error == nil)
            return
        }
        let codes: [ReasonCode] = [.certificateMalformed, .keystoreUnsupported, .passwordWrong, .keyTooSmall]
        #expect(error.map { codes.contains($0.code) } == true)
    }

    @Test(
        "that would take hours to open is refused for that",
        arguments: files.filter { $0.contains("2147483647") || $0.contains("hours") || $0.contains("beyond") })
    func tooMuchWork(_ name: String) throws {
        let bytes = try RepositoryFile("\(Self.folder)/\(name)").bytes()
        let error = cryptoError { () throws(CryptoError) in
            _ = try RSAPrivateKey(reading: bytes, passphrase: Secret([0x61]), source: "it")
        }
        #expect(error?.code == .keystoreUnsupported)
        #expect(error?.detail.contains("more than 10000000 in one file are not carried out") == true)
    }

    @Test("is there in numbers")
    func count() {
        #expect(Self.files.count > 20)
    }
}
