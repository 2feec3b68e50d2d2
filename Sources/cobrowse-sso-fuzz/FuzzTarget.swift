internal import BridgeCore
internal import BridgeCrypto
internal import BridgeTesting

/// A parser that mutated files are thrown at. To add one: a value here, its name in `all`, a folder of seeds.
struct FuzzTarget {
    let name: String
    /// Folders of seeds below the repository; every regular file in them that ends in one of `endings`.
    let folders: [String]
    let endings: [String]
    /// Makes a mutated file pass what would stop it early, such as a check value; returns whether it did.
    let repair: (inout [UInt8], inout SeededGenerator) -> Bool
    /// Parses; returns `nil` when the file was accepted, and otherwise the code of the refusal.
    let parse: ([UInt8]) -> ReasonCode?
    /// Whether a changed file that was not repaired can never be accepted.
    var isSealed = false
    /// Files that are tried once at the largest size that is read, before the mutations.
    var hostile: [HostileText] = []

    /// All targets, in the order they run without a name.
    static var all: [FuzzTarget] { [.jks, .pkcs12, .certificate, .text, .pkcs7] }
}

extension FuzzTarget {
    /// Java keystores; every second one has its check value made anew, so that what lies behind it is reached.
    static var jks: FuzzTarget {
        FuzzTarget(
            name: "jks", folders: ["Tests/Vectors/Corpus/jks", "Certificates/keystores"], endings: [".jks"],
            repair: { bytes, random in
                guard random.below(2) == 0, bytes.count > 20 else { return false }
                bytes = KeystoreFixture.sealed(bytes.dropLast(20))
                return true
            }, parse: open, isSealed: true)
    }

    /// PKCS#12 files, most of them without a check value, and with little work for each.
    static var pkcs12: FuzzTarget {
        FuzzTarget(
            name: "pkcs12", folders: ["Tests/Vectors/Corpus/pkcs12", "Certificates/keystores"], endings: [".p12"],
            repair: { _, _ in false }, parse: open)
    }

    private static func open(_ bytes: [UInt8]) -> ReasonCode? {
        do throws(CryptoError) {
            let keystore = try Keystore(
                reading: bytes, password: KeystoreFixture.password, source: "case", iterationLimit: 5000)
            for entry in keystore.entries { touch(entry) }
            return nil
        } catch {
            return error.code
        }
    }

    /// Reads what a command would show, which is parsed late.
    private static func touch(_ entry: KeystoreEntry) {
        guard let certificate = entry.certificate else { return }
        _ = (certificate.subject, certificate.notAfter, certificate.publicKeySummary)
        _ = try? certificate.publicKeySHA256()
    }
}
