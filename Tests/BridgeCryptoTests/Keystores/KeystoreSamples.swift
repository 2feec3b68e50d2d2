import BridgeCore
import BridgeCrypto
import BridgeTesting
import Testing

/// A sample keystore and what has to come out of it.
struct KeystoreSample: Sendable, CustomTestStringConvertible {
    /// What stands under an alias, in short: the key that opens, or why none does.
    enum Entry: Sendable, Equatable {
        case key(KeyFixture, certificates: Int)
        case lockedKey(ReasonCode)
        case certificate
    }

    enum Outcome: Sendable, Equatable {
        case entries([String: Entry])
        case refused(ReasonCode)
    }

    let name: String
    let outcome: Outcome
    let password: String?

    init(_ name: String, _ entries: [String: Entry], password: String? = KeystoreFixture.passwordText) {
        (self.name, outcome, self.password) = (name, .entries(entries), password)
    }

    init(_ name: String, _ code: ReasonCode, password: String? = KeystoreFixture.passwordText) {
        (self.name, outcome, self.password) = (name, .refused(code), password)
    }

    var testDescription: String { "\(name) with \(password ?? "no password")" }

    func opened() throws -> Outcome {
        let bytes = try KeystoreFixture.sample(name).bytes()
        let secret = password.map { Secret(Array($0.utf8)) }
        let keystore: Keystore
        do throws(CryptoError) {
            keystore = try Keystore(reading: bytes, password: secret, source: name)
        } catch {
            return .refused(error.code)
        }
        var entries: [String: Entry] = [:]
        for entry in keystore.entries { entries[entry.alias] = try Self.summary(entry) }
        return .entries(entries)
    }

    private static func summary(_ entry: KeystoreEntry) throws -> Entry {
        guard let key = entry.key else { return .certificate }
        switch key.privateKey {
        case .failure(let error): return .lockedKey(error.code)
        case .success(let privateKey):
            let fixture = try KeyFixture.allCases.first { try $0.publicKey == privateKey.publicKey }
            #expect(key.matchesCertificate == true)
            return .key(try fixture.unwrapped("fixture of \(entry.alias)"), certificates: key.chain.count)
        }
    }

    private static let one: [String: Entry] = ["cobrowseio": .key(.cobrowse, certificates: 1)]

    static let all: [KeystoreSample] = [
        KeystoreSample("one-key-TEST-ONLY.jks", one),
        KeystoreSample("one-key-TEST-ONLY.jks", .passwordWrong, password: "my-cobrowse-keystorf"),
        KeystoreSample("one-key-TEST-ONLY.jks", .passwordWrong, password: ""),
        KeystoreSample("one-key-TEST-ONLY.jks", .passwordWrong, password: nil),
        KeystoreSample("trusted-certificate.jks", ["cobrowseio": .certificate]),
        KeystoreSample("trusted-certificate.jks", .passwordWrong, password: "other!"),
        KeystoreSample("two-keys-TEST-ONLY.jks", both),
        KeystoreSample(
            "key-and-certificate-TEST-ONLY.jks",
            ["cobrowseio": .key(.cobrowse, certificates: 1), "partner": .certificate]),
        KeystoreSample("other-entry-password-TEST-ONLY.jks", ["cobrowseio": .lockedKey(.passwordWrong)]),
        KeystoreSample("chain-TEST-ONLY.jks", ["cobrowseio": .key(.cobrowse, certificates: 2)]),
        KeystoreSample("ec-key-TEST-ONLY.jks", ["ec": .lockedKey(.keyNotRSA)]),
        KeystoreSample("ec-key-TEST-ONLY.p12", ["ec": .lockedKey(.keyNotRSA)]),
        KeystoreSample("jceks-TEST-ONLY.jks", .keystoreUnsupported),
        KeystoreSample("truncated-TEST-ONLY.jks", .certificateMalformed),
        // The password is right, which its key tells: the file is wrong, not the person.
        KeystoreSample("changed-byte-TEST-ONLY.jks", .certificateMalformed),
        KeystoreSample("changed-byte-TEST-ONLY.jks", .passwordWrong, password: "other!"),
        KeystoreSample("huge-entry-count.jks", .certificateMalformed),
        KeystoreSample("modern-TEST-ONLY.p12", one),
        KeystoreSample("modern-TEST-ONLY.p12", .passwordWrong, password: "other"),
        KeystoreSample("modern-TEST-ONLY.p12", .passwordWrong, password: nil),
        KeystoreSample("legacy-rc2-TEST-ONLY.p12", one),
        KeystoreSample("legacy-rc2-TEST-ONLY.p12", .passwordWrong, password: "other"),
        KeystoreSample("legacy-3des-TEST-ONLY.p12", one), KeystoreSample("no-mac-TEST-ONLY.p12", one),
        // Its certificate is not encrypted, its key is.
        KeystoreSample(
            "no-mac-TEST-ONLY.p12", ["cobrowseio": .lockedKey(.passwordWrong)], password: "other"),
        KeystoreSample("no-mac-TEST-ONLY.p12", ["cobrowseio": .lockedKey(.passwordWrong)], password: nil),
        KeystoreSample("unencrypted-TEST-ONLY.p12", one),
        KeystoreSample("empty-password-TEST-ONLY.p12", one, password: ""),
        KeystoreSample("empty-password-TEST-ONLY.p12", one, password: nil),
        KeystoreSample("empty-password-TEST-ONLY.p12", .passwordWrong),
        KeystoreSample("no-alias-TEST-ONLY.p12", ["1": .key(.cobrowse, certificates: 1)]),
        KeystoreSample("certificate-only.p12", ["cobrowseio": .certificate]),
        KeystoreSample("java-TEST-ONLY.p12", one), KeystoreSample("java-two-keys-TEST-ONLY.p12", both),
        KeystoreSample("java-trusted-certificate.p12", ["cobrowseio": .certificate]),
        KeystoreSample("truncated-TEST-ONLY.p12", .certificateMalformed),
    ]

    private static let both: [String: Entry] = [
        "cobrowseio": .key(.cobrowse, certificates: 1), "cobrowseio_renewed": .key(.renewed, certificates: 1),
    ]
}

@Suite("A sample keystore")
struct KeystoreSampleTests {
    @Test("gives what is in it, or its reason", arguments: KeystoreSample.all)
    func opens(_ sample: KeystoreSample) throws {
        #expect(try sample.opened() == sample.outcome)
    }

    @Test("is in the table, whichever it is")
    func complete() throws {
        let names = try RepositoryFile.names(in: "Certificates/keystores").filter { !$0.hasSuffix(".txt") }
        #expect(Set(names) == Set(KeystoreSample.all.map(\.name)))
    }

    @Test("opens with the key's own password beside that of the keystore, and says so when that is wrong")
    func keyPassword() throws {
        let bytes = try KeystoreFixture.sample("other-entry-password-TEST-ONLY.jks").bytes()
        let right = try Keystore(
            reading: bytes, password: KeystoreFixture.password, keyPassword: Secret(Array("test-only-entry".utf8)),
            source: "it")
        #expect(try right.entry("COBROWSEIO")?.key?.privateKey.get().publicKey == KeyFixture.cobrowse.publicKey)
        let wrong = try Keystore(
            reading: bytes, password: KeystoreFixture.password, keyPassword: Secret(Array("other".utf8)), source: "it")
        let error = #expect(throws: CryptoError.self) { try wrong.entries.first?.key?.privateKey.get() }
        #expect(error?.detail == "neither password opens the private key \"cobrowseio\" in it")
    }

    @Test("says whether a check value was there, when it was made and what it is called")
    func facts() throws {
        let java = try Keystore(
            reading: try KeystoreFixture.sample("java-TEST-ONLY.p12").bytes(), password: KeystoreFixture.password,
            source: "it")
        #expect(java.isIntegrityChecked)
        #expect(java.entries.first?.createdAt?.description.hasPrefix("20") == true)
        let bare = try Keystore(
            reading: try KeystoreFixture.sample("no-mac-TEST-ONLY.p12").bytes(), password: KeystoreFixture.password,
            source: "it")
        #expect(!bare.isIntegrityChecked)
        #expect(bare.entry("CobrowseIO") != nil)
        #expect(bare.entry("other") == nil)
    }

    @Test("is not worked at for longer than its iteration counts may ask for")
    func budget() throws {
        let bytes = try KeystoreFixture.sample("modern-TEST-ONLY.p12").bytes()
        // 2048 iterations each for check value, certificate and key.
        for (limit, isEnough) in [(6144, true), (6143, false), (2047, false)] {
            let result = Result {
                try Keystore(
                    reading: bytes, password: KeystoreFixture.password, source: "it", iterationLimit: limit)
            }
            #expect(((try? result.get()) != nil) == isEnough, "limit \(limit)")
        }
    }
}
