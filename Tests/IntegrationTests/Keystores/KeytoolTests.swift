import BridgeCore
import BridgeTesting
import Glibc
import Testing

@testable import BridgeCrypto

/// Java's own `keytool`, as the judge of what our code makes and reads. Blocks while it runs.
private struct Keytool {
    /// Whether the machine has it; without it these tests are skipped, except in CI, where they fail.
    static let isMissing: Bool = {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return getenv("CI") == nil && !path.split(separator: ":").contains { access("\($0)/keytool", X_OK) == 0 }
    }()

    let directory = Result { try TemporaryDirectory() }

    func path(_ name: String) throws -> String { try directory.get().path(name) }

    /// Runs `keytool` on the keystore called `store`, in a locale that takes any alias.
    @discardableResult
    func run(_ store: String, _ arguments: String...) throws -> Program.Outcome {
        let common = [
            "-J-Duser.language=en", "-J-Dfile.encoding=UTF-8", "-J-Dsun.jnu.encoding=UTF-8", "-keystore",
            try path(store), "-storepass", KeystoreFixture.passwordText,
        ]
        return try Program("keytool").run(arguments + common)
    }
}

@Suite(
    "keytool of Java", .blocking,
    .disabled(if: Keytool.isMissing, "there is no keytool: install Debian's default-jre-headless"))
struct KeytoolTests {
    private let keytool = Keytool()
    private static let now = Timestamp(seconds: 1_795_000_000)

    private static func certificate(_ fixture: KeyFixture) throws -> Certificate {
        try Certificate(reading: try fixture.certificateFile.bytes(), source: "certificate")
    }

    private func made(_ name: String, _ secret: Secret) throws {
        try keytool.directory.get().file(name, secret.withBytes { span in span.indices.map { span[$0] } })
    }

    private func opened(_ name: String) throws -> Keystore {
        let bytes = try keytool.directory.get().content(of: name)
        return try Keystore(reading: bytes, password: KeystoreFixture.password, source: name)
    }

    @Test("lists and exports what is made here", arguments: Keystore.Format.allCases)
    func readsOurs(_ format: Keystore.Format) throws {
        let certificate = try Self.certificate(.cobrowse)
        try made(
            "store",
            try Keystore.file(
                format, alias: "CobrowseIO", key: try KeyFixture.cobrowse.privateKey, chain: [certificate],
                password: KeystoreFixture.password, createdAt: Self.now))
        let list = try keytool.run("store", "-list", "-v")
        #expect(list.isSuccess, "\(list.text)")
        #expect(list.text.contains("Alias name: cobrowseio\n"))
        #expect(list.text.contains("Entry type: PrivateKeyEntry"))
        #expect(list.text.contains("Keystore type: \(format == .jks ? "JKS" : "PKCS12")"))
        let export = try keytool.run("store", "-exportcert", "-alias", "cobrowseio")
        #expect(export.output == certificate.der)
        try convert("store", to: "other.p12", type: "PKCS12")
        let key = try opened("other.p12").entry("cobrowseio")?.key
        #expect(try key?.privateKey.get().publicKey == KeyFixture.cobrowse.publicKey)
    }

    @Test("finds all of several entries written here, names of any script among them")
    func readsSeveral() throws {
        let password = try JavaPassword(KeystoreFixture.password, source: "it")
        var writer = JavaKeystoreWriter()
        for alias in ["ключ", "鍵😀"] {
            try writer.add(
                alias, .privateKey(try KeyFixture.renewed.privateKey, chain: [try Self.certificate(.renewed)]),
                createdAt: Self.now, password: password)
        }
        try writer.add(
            "partner", .certificate(try Self.certificate(.rsa3072)), createdAt: Self.now, password: password)
        try keytool.directory.get().file("store", try writer.finish(password: password))
        let list = try keytool.run("store", "-list")
        #expect(list.isSuccess, "\(list.text)")
        #expect(list.text.contains("contains 3 entries"))
        #expect(list.text.contains("trustedCertEntry"))
        // Java itself reads the names: it copies them to another kind of keystore.
        try convert("store", to: "copy.p12", type: "PKCS12")
        #expect(try Set(opened("copy.p12").entries.map(\.alias)) == ["ключ", "鍵😀", "partner"])
    }

    @Test("makes what is read here", arguments: ["JKS", "PKCS12"])
    func makes(_ type: String) throws {
        for (alias, size) in [("first", "2048"), ("zweiter schlüssel", "3072")] {
            let outcome = try keytool.run(
                "store", "-genkeypair", "-alias", alias, "-keyalg", "RSA", "-keysize", size, "-dname", "CN=\(size)",
                "-storetype", type)
            try #require(outcome.isSuccess, "\(outcome.text)")
        }
        let file = KeyFixture.rsa4096.certificateFile.absolutePath
        try #require(try keytool.run("store", "-importcert", "-noprompt", "-alias", "partner", "-file", file).isSuccess)
        let keystore = try opened("store")
        #expect(Set(keystore.entries.map(\.alias)) == ["first", "zweiter schlüssel", "partner"])
        #expect(try keystore.entry("first")?.key?.privateKey.get().publicKey.bits == 2048)
        #expect(try keystore.entry("zweiter schlüssel")?.key?.privateKey.get().publicKey.bits == 3072)
        #expect(keystore.entries.compactMap(\.key).allSatisfy { $0.matchesCertificate == true })
        #expect(keystore.entry("partner")?.certificate?.publicKeySummary.bits == 4096)
        #expect(keystore.entries.compactMap(\.key).allSatisfy { !$0.chain.isEmpty })
    }

    @Test("has no keystore of another kind read here, and the command that is named converts it")
    func otherKind() throws {
        let outcome = try keytool.run(
            "store", "-genkeypair", "-alias", "first", "-keyalg", "RSA", "-dname", "CN=a", "-storetype", "JCEKS")
        try #require(outcome.isSuccess, "\(outcome.text)")
        let error = #expect(throws: CryptoError.self) { try opened("store") }
        #expect(error?.code == .keystoreUnsupported)
        #expect(error?.hint?.contains("-srcstoretype JCEKS") == true)
        try convert("store", to: "copy.p12", type: "PKCS12", from: "JCEKS")
        #expect(try opened("copy.p12").entry("first")?.key?.matchesCertificate == true)
    }

    private func convert(_ store: String, to other: String, type: String, from: String? = nil) throws {
        let source = from.map { ["-srcstoretype", $0] } ?? []
        let arguments =
            [
                "-J-Duser.language=en", "-J-Dfile.encoding=UTF-8", "-importkeystore", "-srckeystore",
                try keytool.path(store), "-destkeystore", try keytool.path(other), "-deststoretype", type,
                "-srcstorepass", KeystoreFixture.passwordText, "-deststorepass", KeystoreFixture.passwordText,
            ] + source
        let outcome = try Program("keytool").run(arguments)
        try #require(outcome.isSuccess, "\(outcome.text)")
    }
}
