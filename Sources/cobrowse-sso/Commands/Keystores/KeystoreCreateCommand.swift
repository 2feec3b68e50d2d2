internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso keystore create`.
enum KeystoreCreateCommand {
    private static let out = FlagSpec.option(
        "--out", "X", "file for the keystore", kind: .outputFile, required: true)
    private static let type = FlagSpec.option(
        "--type", "T", "kind of keystore", kind: .oneOf(Keystore.Format.allCases.map(\.rawValue)), default: "jks")
    private static let key = FlagSpec.option(
        "--key", "K", "private key, PEM or DER", kind: .inputFile, required: true)
    private static let certificate = FlagSpec.option(
        "--cert", "C", "certificate of the key; in PEM those that vouch for it may follow", kind: .inputFile,
        required: true)
    private static let alias = FlagSpec.option("--alias", "A", "name of the entry", required: true)
    private static let passwordFile = FlagSpec.option(
        "--password-file", "F", "file with the password of the new keystore", kind: .inputFile, required: true)
    private static let keyPasswordFile = FlagSpec.option(
        "--key-password-file", "F", "file with the passphrase of the key file, where it is encrypted",
        kind: .inputFile)
    private static let force = FlagSpec.toggle("--force", "replace a file that exists")

    static var spec: CommandSpec {
        CommandSpec(
            ["keystore", "create"], summary: "Make a keystore of a private key and its certificate",
            discussion: """
                A JKS is what Salesforce's Import from Keystore and ServiceNow's Java Key Store take. What they refuse \
                is refused here, all of it at once: keys other than RSA with 2048, 3072 or 4096 bits, a certificate of \
                another key or out of date, an alias that is no Salesforce name, a password that Java does not open.

                The key is kept under the password of the keystore, for both importers ask for no second one. In a JKS \
                the alias is in small letters, for Java finds no other.
                """,
            arguments: [],
            flags: [out, type, key, certificate, alias, passwordFile, keyPasswordFile, force, .now, .dryRun],
            examples: [
                "keystore create --out cobrowse.jks --type jks --key key.pem --cert CobrowseIO.crt --alias cobrowseio "
                    + "--password-file password.txt"
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let plan = try Plan(arguments, context)
        try plan.output.check()
        let file = try plan.file()
        if !arguments.has(.dryRun) {
            try file.withBytes { bytes throws(CommandFailure) in
                try plan.output.write(bytes.indices.map { bytes[$0] })
            }
        }
        plan.show(isDryRun: arguments.has(.dryRun), context)
        return .success
    }

    /// What is to be made, of files that have been read and judged.
    private struct Plan {
        let output: OutputFile
        private let format: Keystore.Format
        private let alias: String
        private let key: RSAPrivateKey
        private let chain: [Certificate]
        private let password: Secret
        private let now: Timestamp

        init(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) {
            output = OutputFile(
                path: try arguments.required(out), replacesExisting: arguments.has(KeystoreCreateCommand.force))
            format = arguments.value(of: type).flatMap(Keystore.Format.init) ?? .jks
            now = try arguments.now()
            let alias = try arguments.required(KeystoreCreateCommand.alias)
            let password = try KeystoreInput.secret(passwordFile, arguments, context) ?? Secret([])
            let readKey = try KeystoreCreateCommand.readKey(arguments, context)
            let readChain = try KeystoreCreateCommand.readChain(arguments, context)
            let preflight = KeystorePreflight(format: format, alias: alias, password: password, now: now)
            let findings = preflight.findings(key: readKey, chain: readChain)
            guard findings.isEmpty else { throw KeystoreCreateCommand.failure(findings) }
            key = try reporting { () throws(CryptoError) in try readKey.get() }
            chain = try reporting { () throws(CryptoError) in try readChain.get() }
            self.alias = format == .jks ? alias.lowercased() : alias
            self.password = password
        }

        func file() throws(CommandFailure) -> Secret {
            try reporting { () throws(CryptoError) in
                try Keystore.file(format, alias: alias, key: key, chain: chain, password: password, createdAt: now)
            }
        }

        func show(isDryRun: Bool, _ context: CommandContext) {
            context.messages.warnings(chain.prefix(1).flatMap { CertificateWarnings.all($0, now: now) })
            guard !context.wantsJSON else {
                return context.output.json { writer in
                    writer.object { writer in
                        writer.member("keystoreFile", output.path)
                        writer.member("type", format.rawValue)
                        writer.member("alias", alias)
                        writer.member("notAfter", chain.first?.notAfter?.description)
                        writer.member("dryRun", isDryRun)
                    }
                }
            }
            let verb = isDryRun ? "would write" : "wrote"
            context.output.print("\(verb) \(Printable.line(output.path)), alias \(Printable.line(alias))")
        }
    }
}

extension KeystoreCreateCommand {
    /// The private key, or why it is none that can be used; a file that cannot be read at all ends the command.
    private static func readKey(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Result<RSAPrivateKey, CryptoError> {
        let input = context.input(try arguments.required(key), malformed: .certificateMalformed)
        let bytes = try input.secretBytes(warnings: context.messages, isSecret: PrivateKeyFile.holdsPrivateKey)
        if let keystore = KeystoreKind.of(bytes) { throw keystore.privateKeyFailure(input.name) }
        let passphrase = try KeystoreInput.secret(keyPasswordFile, arguments, context)
        return Result { () throws(CryptoError) in
            try RSAPrivateKey(reading: bytes, passphrase: passphrase, source: input.name)
        }
    }

    /// The certificates of a file in its order.
    private static func readChain(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Result<[Certificate], CryptoError> {
        let input = context.input(try arguments.required(certificate), malformed: .certificateMalformed)
        let bytes = try input.bytes()
        return Result { () throws(CryptoError) in try Certificate.chain(reading: bytes, source: input.name) }
    }

    /// All that is wrong, in one message; the first decides the code.
    private static func failure(_ findings: [KeystorePreflight.Finding]) -> CommandFailure {
        let code = findings.first?.code ?? .internal
        let status: ExitStatus =
            switch code {
            case .conflict: .keyProblem
            case .configurationInvalid: .usage
            default: code.exitStatus
            }
        var hints: [String] = []
        for finding in findings where !hints.contains(finding.hint) { hints.append(finding.hint) }
        let details = findings.map(\.detail).joined(separator: "; ")
        let detail = findings.count == 1 ? details : "\(findings.count) rules are broken: \(details)"
        return CommandFailure(code, detail, hint: hints.joined(separator: "; "), exitStatus: status)
    }
}
