internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso key generate`.
enum KeyGenerateCommand {
    private static let out = FlagSpec.option(
        "--out", "KEY.pem", "file for the private key, PKCS#8 PEM", kind: .outputFile, required: true)
    private static let bits = FlagSpec.option(
        "--bits", "N", "size of the key", kind: .oneOf(["2048", "3072", "4096"]), default: "2048")
    private static let certificateOut = FlagSpec.option(
        "--cert-out", "C.crt", "file for a self-signed certificate of the key", kind: .outputFile)
    private static let commonName = FlagSpec.option(
        "--common-name", "NAME", "name in the certificate", default: standardName)
    private static let days = FlagSpec.option(
        "--days", "N", "days the certificate is valid", default: "365, 730 with --bits 4096")
    private static let force = FlagSpec.toggle("--force", "replace files that exist")
    /// The name under which the Apex code of Cobrowse's Salesforce package looks its certificate up.
    private static let standardName = "CobrowseIO"

    static var spec: CommandSpec {
        CommandSpec(
            ["key", "generate"], summary: "Make an RSA private key, and a certificate of it",
            discussion: """
                The key file can be read by its owner alone. Whoever has it can sign in as anybody: hand on the \
                certificate, or the public key that is printed, and never the key.
                """,
            arguments: [], flags: [out, bits, certificateOut, commonName, days, force, .dryRun],
            examples: [
                "key generate --out key.pem",
                "key generate --out key.pem --cert-out CobrowseIO.crt --bits 4096",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let plan = try Plan(arguments)
        if arguments.has(.dryRun) {
            try plan.check()
            context.output.print("would write \(plan.paths.map(Printable.line).joined(separator: " and "))")
            return .success
        }
        let made = try plan.carryOut()
        show(made, plan, context)
        return .success
    }

    private static func show(_ made: Made, _ plan: Plan, _ context: CommandContext) {
        let fields: [(String, String?)] = [
            ("keyId", made.key.thumbprint), ("keyFile", plan.keyFile.path),
            ("certificateFile", plan.certificateFile?.path), ("notAfter", made.certificate?.notAfter?.description),
        ]
        guard context.wantsJSON else {
            var list = FieldList()
            for (name, value) in fields where value != nil { list.add(name, value) }
            context.output.fields(list)
            return context.output.write(made.key.pem.utf8)
        }
        context.output.json { writer in
            writer.object { writer in
                for (name, value) in fields { writer.member(name, value) }
                writer.member("publicKeyPEM", made.key.pem)
            }
        }
    }
}

extension KeyGenerateCommand {
    /// What was made, without the private half.
    private struct Made {
        let key: RSAPublicKey
        let certificate: Certificate?
    }

    /// What is to be made and where, before anything is done.
    private struct Plan {
        let keyFile: OutputFile
        let certificateFile: OutputFile?
        private let bits: Int
        private let commonName: String
        private let days: Int

        init(_ arguments: ParsedArguments) throws(CommandFailure) {
            let replaces = arguments.has(force)
            keyFile = OutputFile(path: try arguments.required(out), replacesExisting: replaces)
            certificateFile = arguments.value(of: certificateOut).map {
                OutputFile(path: $0, replacesExisting: replaces, isSecret: false)
            }
            for flag in [KeyGenerateCommand.commonName, KeyGenerateCommand.days]
            where certificateFile == nil && arguments.has(flag) {
                throw .usage("\(flag.name) is about a certificate", hint: "give \(certificateOut.usage) too")
            }
            guard keyFile.path != certificateFile?.path else {
                throw .usage(
                    "--out and --cert-out name the same file", hint: "the key and the certificate are two files")
            }
            bits = try arguments.integer(of: KeyGenerateCommand.bits, in: 2048...4096) ?? 2048
            days = try arguments.integer(of: KeyGenerateCommand.days, in: 1...36_500) ?? (bits == 4096 ? 730 : 365)
            commonName = arguments.value(of: KeyGenerateCommand.commonName) ?? standardName
            guard (1...64).contains(commonName.unicodeScalars.count) else {
                throw .usage("--common-name has to have 1 to 64 characters", hint: "for example \(standardName)")
            }
        }

        var paths: [String] { [keyFile.path] + [certificateFile?.path].compactMap(\.self) }

        /// Refuses names that are taken before the work begins.
        func check() throws(CommandFailure) {
            try keyFile.check()
            try certificateFile?.check()
        }

        func carryOut() throws(CommandFailure) -> Made {
            try check()
            let key = try reporting { () throws(CryptoError) in try RSAPrivateKey.generate(bits: bits) }
            let certificate = try certificate(of: key)
            let pem = try reporting { () throws(CryptoError) in try key.exportPEM() }
            try pem.withBytes { bytes throws(CommandFailure) in
                try keyFile.write(bytes.indices.map { bytes[$0] })
            }
            if let certificate { try certificateFile?.write(Array(certificate.pem.utf8)) }
            return Made(key: key.publicKey, certificate: certificate)
        }

        private func certificate(of key: RSAPrivateKey) throws(CommandFailure) -> Certificate? {
            guard certificateFile != nil else { return nil }
            return try reporting { () throws(CryptoError) in
                try Certificate.selfSigned(by: key, commonName: commonName, start: SystemClock().now, days: days)
            }
        }
    }
}
