import AuthService
import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

extension SampleFile: CustomTestStringConvertible {
    var testDescription: String { path }
}

@Suite("A sample that is handed in as a key to trust")
struct SampleFileTests {
    @Test("is trusted after the warnings it deserves, or refused with its code and sentence", arguments: SampleFile.all)
    func outcome(_ file: SampleFile) throws {
        let bytes = try RepositoryFile("Certificates/\(file.path)").bytes()
        do throws(CryptoError) {
            let read = try KeyMaterial.read(bytes, source: "FILE")
            let keys = read.materials.map(\.key.thumbprint)
            let certificates = read.materials.compactMap(\.certificate)
            let warnings =
                read.remarks + certificates.flatMap { CertificateWarnings.all($0, now: SampleFile.now) }
            let outcome = SampleFile.Outcome.trusted(
                keys.compactMap(SampleKey.init), warnings: warnings.map(\.text))
            #expect(outcome == file.outcome)
        } catch {
            #expect(SampleFile.Outcome.refused(error.code, error.detail) == file.outcome)
            #expect(error.hint?.isEmpty == false)
        }
    }

    @Test("is in the table: all of them are, once")
    func complete() throws {
        let folders = ["salesforce", "shapes", "weak", "foreign", "keys", "keystores"]
        let files = try folders.flatMap { folder in
            try RepositoryFile.names(in: "Certificates/\(folder)").map { "\(folder)/\($0)" }
        }
        #expect(files.sorted() == SampleFile.all.map(\.path).sorted())
    }
}
