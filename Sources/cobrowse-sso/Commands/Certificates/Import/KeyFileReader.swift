internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// Reads the keys of one file after the other: certificates and public keys in any form, keystores.
///
/// Says what else a file holds that is worth guarding; private keys are neither kept nor looked at.
struct KeyFileReader: Sendable {
    static let passwordFile = FlagSpec.option(
        "--password-file", "F", "file with the password of a keystore; - is standard input", kind: .inputFile)
    static let entry = FlagSpec.option(
        "--entry", "E", "the only entry of a keystore to take", default: "the one called like --alias, or all")

    private let password: Secret?
    private let entryName: String?
    private let alias: String?

    /// - Parameter alias: what the key will be called, which chooses among the entries of a keystore.
    init(_ arguments: ParsedArguments, alias: String?, _ context: CommandContext) throws(CommandFailure) {
        password = try KeystoreInput.secret(Self.passwordFile, arguments, context)
        entryName = arguments.value(of: Self.entry)
        self.alias = alias
    }

    /// The keys in one file, at least one.
    ///
    /// - Parameter messages: hears what is to be said about the file.
    func keys(in input: InputFile, _ messages: Messages) throws(CommandFailure) -> [CandidateKey] {
        let content = try input.content()
        switch KeystoreKind.of(content.bytes) {
        case .jks, .pkcs12, .jceks, .bcfks: return try keys(ofKeystore: content, input, messages)
        case .pkcs7, nil:
            if PrivateKeyFile.isMarkedPrivate(content.bytes) { input.warn(of: content, messages) }
            return try keys(ofCertificates: content.bytes, input.name, messages)
        }
    }

    private func keys(
        ofCertificates bytes: [UInt8], _ name: String, _ messages: Messages
    ) throws(CommandFailure) -> [CandidateKey] {
        if let entryName {
            throw .usage(
                "\(name) is no keystore and has no entry \(Printable.quoted(entryName))",
                hint: "leave out \(Self.entry.name)")
        }
        let read = try CertificateFile.material(bytes, name)
        messages.warnings(read.remarks)
        return read.materials.map { CandidateKey(material: $0, file: name, entry: nil) }
    }

    private func keys(
        ofKeystore content: InputFile.Content, _ input: InputFile, _ messages: Messages
    ) throws(CommandFailure) -> [CandidateKey] {
        let name = input.name
        let keystore = try KeystoreInput.open(content, of: input, password: password, messages)
        warn(keystore, name, messages)
        var found: [CandidateKey] = []
        var failures: [CommandFailure] = []
        for entry in try chosen(of: keystore, name) {
            do throws(CryptoError) {
                found.append(
                    CandidateKey(material: try KeyMaterial(of: entry, source: name), file: name, entry: entry.alias))
            } catch {
                failures.append(CommandFailure(error))
            }
        }
        guard let first = failures.first else { return found }
        if keystore.entries.count == 1 { throw first }
        throw CommandFailure(
            first.code, "\(failures.count) of \(keystore.entries.count) entries of \(name) cannot be imported",
            hint: "choose another with \(Self.entry.usage)", exitStatus: first.exitStatus, causes: failures)
    }

    /// The entries that are meant: the one that is named, or all.
    private func chosen(of keystore: Keystore, _ name: String) throws(CommandFailure) -> [KeystoreEntry] {
        if let entryName { return [try keystore.namedEntry(entryName, in: name)] }
        if keystore.entries.isEmpty {
            throw CommandFailure(.certificateMalformed, "\(name) is an empty keystore", hint: "export it once more")
        }
        guard let alias, keystore.entries.count > 1 else { return keystore.entries }
        guard let entry = keystore.entry(alias) else {
            throw .usage(
                "\(name) holds \(keystore.entries.count) entries, and none is called \(Printable.quoted(alias))",
                hint: "say which with \(Self.entry.usage): \(keystore.entriesHint)")
        }
        return [entry]
    }

    /// A keystore is a secret, whatever becomes of the certificates in it.
    private func warn(_ keystore: Keystore, _ name: String, _ messages: Messages) {
        let count = keystore.entries.count { $0.key != nil }
        guard count > 0 else { return }
        messages.warning(
            "\(name) holds \(count == 1 ? "a private key" : "\(count) private keys"): not stored here, and whoever "
                + "has the file and its password can sign in as anybody",
            hint: "delete it when it is not needed any more, and guard it until then")
        for entry in keystore.entries where entry.key?.matchesCertificate == false {
            messages.warning(
                "\(Printable.quoted(entry.alias)): the certificate does not belong to the private key")
        }
    }
}
