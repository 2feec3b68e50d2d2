import BridgeCore
import BridgeTesting
import Testing

@testable import BridgeCrypto

extension HostileText: CustomTestStringConvertible {
    public var testDescription: String { name }
}

@Suite("A file that is made to keep a reader busy")
struct HostileTextTests {
    /// Small here; the mutation runner has them at the largest size, and minds the time.
    @Test("is refused", arguments: HostileText.all)
    func busy(_ file: HostileText) {
        let error = cryptoError { () throws(CryptoError) in
            _ = try FoundKey.find(in: file.bytes(2048), source: "FILE")
        }
        #expect(error.map { [.certificateMalformed, .privateKeyGiven].contains($0.code) } == true)
        #expect(error.map { $0.detail.utf8.count < 300 } == true)
    }

    /// How often a file is read when every reading of it fails, and how many bytes are read in all.
    private func work(on bytes: [UInt8]) -> (readings: Int, bytes: Int) {
        var (readings, count) = (0, 0)
        _ = try? TextRepair.read(bytes) { bytes throws(CryptoError) -> Int in
            (readings, count) = (readings + 1, count + bytes.count)
            throw CryptoError(.certificateMalformed, "refused")
        }
        return (readings, count)
    }

    /// Each repair alone and each on top of the others, and no more; a reading is in proportion to what is read.
    @Test("is repaired with twice the work where it is twice as long", arguments: HostileText.all)
    func work(_ file: HostileText) {
        let (small, large) = (work(on: file.bytes(4096)), work(on: file.bytes(8192)))
        #expect(large.readings <= 1 + 2 * TextRepair.all.count)
        #expect(large.readings <= small.readings + 1)
        #expect(large.bytes <= 2 * small.bytes + 2048)
    }

    private static let files: [RepositoryFile] = ["certificates", "pkcs7"].flatMap { folder in
        let path = "Tests/Vectors/Corpus/\(folder)"
        return ((try? RepositoryFile.names(in: path)) ?? []).map { RepositoryFile("\(path)/\($0)") }
    }

    @Test("of the corpus is read or refused as its name says", arguments: files)
    func corpus(_ file: RepositoryFile) throws {
        let bytes = try file.bytes()
        let result = Result { () throws(CryptoError) in try FoundKey.find(in: bytes, source: "FILE") }
        let name = file.path.split(separator: "/").last ?? ""
        guard name.hasPrefix("good-") else {
            let error = #expect(throws: CryptoError.self) { try result.get() }
            #expect(error?.code == (name.hasPrefix("bad-private-key") ? .privateKeyGiven : .certificateMalformed))
            return
        }
        let warns = try result.get().remarks.contains { $0.text.contains("holds a private key too") }
        #expect(warns == name.contains("private-key"))
    }

    @Test("of the corpus is there in numbers")
    func count() {
        #expect(Self.files.count == 60)
    }
}
