internal import BridgeCore
internal import BridgeCrypto

/// `cobrowse-sso keystore export`.
enum KeystoreExportCommand {
    private static let file = ArgumentSpec("FILE", "keystore, JKS or PKCS#12", kind: .inputFile)
    private static let alias = FlagSpec.option("--alias", "A", "which entry", default: "the only one there is")
    private static let out = FlagSpec.option(
        "--out", "KEY.pem", "file for the private key, PKCS#8 PEM", kind: .outputFile)
    private static let certificateOut = FlagSpec.option(
        "--cert-out", "C.crt", "file for the certificate, and those that vouch for it", kind: .outputFile)
    private static let force = FlagSpec.toggle("--force", "replace files that exist")

    static var spec: CommandSpec {
        CommandSpec(
            ["keystore", "export"], summary: "Write a key of a keystore, and its certificate, as PEM",
            discussion: """
                The key file can be read by its owner alone and is not encrypted. Whoever has it can sign in as \
                anybody: guard it, or export the certificate alone with --cert-out.
                """,
            arguments: [file],
            flags: [
                alias, KeystoreInput.passwordFile, KeystoreInput.keyPasswordFile, out, certificateOut, force, .dryRun,
            ],
            examples: [
                "keystore export export.jks --alias cobrowseio --password-file password.txt --out key.pem",
                "keystore export partner.p12 --password-file password.txt --cert-out partner.crt",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let path = try arguments.required(file)
        let (keyFile, certificateFile) = try outputs(arguments)
        let keystore = try KeystoreInput.keystore(path, arguments, context)
        let entry = try entry(arguments.value(of: alias), of: keystore, context.input(path).name)
        let pem = try keyFile.map { _ throws(CommandFailure) in try privateKey(of: entry) }
        let certificates = certificateFile == nil ? [] : try certificates(of: entry)
        try keyFile?.check()
        try certificateFile?.check()
        warn(entry, exportsBoth: keyFile != nil && certificateFile != nil, context.messages)
        if !arguments.has(.dryRun) {
            try pem?.withBytes { bytes throws(CommandFailure) in
                try keyFile?.write(bytes.indices.map { bytes[$0] })
            }
            try certificateFile?.write(Array(certificates.map(\.pem).joined().utf8))
        }
        show(entry, keyFile, certificateFile, isDryRun: arguments.has(.dryRun), context)
        return .success
    }

    private static func outputs(
        _ arguments: ParsedArguments
    ) throws(CommandFailure) -> (key: OutputFile?, certificate: OutputFile?) {
        let replaces = arguments.has(force)
        let key = arguments.value(of: out).map { OutputFile(path: $0, replacesExisting: replaces) }
        let certificate = arguments.value(of: certificateOut).map {
            OutputFile(path: $0, replacesExisting: replaces, isSecret: false)
        }
        guard key != nil || certificate != nil else {
            throw .usage(
                "keystore export needs \(out.usage), \(certificateOut.usage) or both", hint: "name the file to write")
        }
        guard key?.path != certificate?.path else {
            throw .usage("--out and --cert-out name the same file", hint: "the key and the certificate are two files")
        }
        return (key, certificate)
    }

    /// The entry that is meant; without a name the only one.
    private static func entry(
        _ alias: String?, of keystore: Keystore, _ name: String
    ) throws(CommandFailure) -> KeystoreEntry {
        guard let alias else {
            guard let entry = keystore.entries.first, keystore.entries.count == 1 else {
                throw .usage(
                    "\(name) holds \(keystore.entries.count) entries: say which with --alias",
                    hint: keystore.entriesHint)
            }
            return entry
        }
        return try keystore.namedEntry(alias, in: name)
    }

    private static func privateKey(of entry: KeystoreEntry) throws(CommandFailure) -> Secret {
        guard let key = entry.key else {
            throw CommandFailure(
                .notFound, "\(Printable.quoted(entry.alias)) is a certificate without its private key",
                hint: "export it with --cert-out, or choose an entry with a private key")
        }
        return try reporting { () throws(CryptoError) in try key.privateKey.get().exportPEM() }
    }

    private static func certificates(of entry: KeystoreEntry) throws(CommandFailure) -> [Certificate] {
        let certificates = entry.key?.chain ?? [entry.certificate].compactMap(\.self)
        guard !certificates.isEmpty else {
            throw CommandFailure(
                .notFound, "\(Printable.quoted(entry.alias)) has no certificate", hint: "leave out --cert-out")
        }
        return certificates
    }

    private static func warn(_ entry: KeystoreEntry, exportsBoth: Bool, _ messages: Messages) {
        guard exportsBoth, entry.key?.matchesCertificate == false else { return }
        messages.warning("\(Printable.quoted(entry.alias)): the certificate does not belong to the private key")
    }

    private static func show(
        _ entry: KeystoreEntry, _ keyFile: OutputFile?, _ certificateFile: OutputFile?, isDryRun: Bool,
        _ context: CommandContext
    ) {
        guard !context.wantsJSON else {
            return context.output.json { writer in
                writer.object { writer in
                    writer.member("alias", entry.alias)
                    writer.member("keyFile", keyFile?.path)
                    writer.member("certificateFile", certificateFile?.path)
                    writer.member("notAfter", entry.certificate?.notAfter?.description)
                    writer.member("dryRun", isDryRun)
                }
            }
        }
        let paths = [keyFile?.path, certificateFile?.path].compactMap { $0.map(Printable.line) }
        context.output.print("\(isDryRun ? "would write" : "wrote") \(paths.joined(separator: " and "))")
    }
}
