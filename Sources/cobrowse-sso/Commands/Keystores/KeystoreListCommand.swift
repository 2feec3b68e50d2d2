internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso keystore list`.
enum KeystoreListCommand {
    private static let file = ArgumentSpec("FILE", "keystore, JKS or PKCS#12", kind: .inputFile)

    static var spec: CommandSpec {
        CommandSpec(
            ["keystore", "list"], summary: "Show what is in a keystore",
            discussion: """
                Reads Java keystores (JKS), as Salesforce exports them, and PKCS#12 (.p12, .pfx), whatever the file is \
                called. Private keys are opened to see whether they fit their certificates, and never shown.
                """,
            arguments: [file], flags: [KeystoreInput.passwordFile, KeystoreInput.keyPasswordFile, .now],
            examples: ["keystore list export.jks --password-file password.txt"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let now = try arguments.now()
        let keystore = try KeystoreInput.keystore(try arguments.required(file), arguments, context)
        var rows: [KeystoreRow] = []
        for entry in keystore.entries {
            rows.append(try reporting { () throws(CryptoError) in try KeystoreRow(entry) })
        }
        guard !context.wantsJSON else {
            context.output.items(rows) { row, writer in row.writeMembers(to: &writer) }
            return .success
        }
        for (index, row) in rows.enumerated() {
            if index > 0 { context.output.print("") }
            context.output.fields(row.fields)
            for warning in row.warnings(now: now) { context.messages.warning(warning) }
        }
        return .success
    }
}

/// An entry of a keystore as it is shown.
private struct KeystoreRow {
    private let entry: KeystoreEntry
    private let publicKeySHA256: String?

    init(_ entry: KeystoreEntry) throws(CryptoError) {
        self.entry = entry
        publicKeySHA256 =
            if let certificate = entry.certificate {
                try certificate.publicKeySHA256(source: "the certificate of \(Printable.quoted(entry.alias))")
            } else {
                nil
            }
    }

    private var problem: CryptoError? {
        if case .failure(let error)? = entry.key?.privateKey { error } else { nil }
    }

    private var keyBits: Int? { entry.certificate.map(\.publicKeySummary.bits) }

    var fields: FieldList {
        var list = FieldList()
        list.add("alias", entry.alias)
        list.add("kind", entry.key == nil ? "certificate" : "private key")
        list.add("created", entry.createdAt?.description)
        list.add("subject", entry.certificate?.subject)
        list.add("notAfter", entry.certificate?.notAfter?.description)
        list.add("keyBits", keyBits.map(String.init))
        list.add("publicKeySHA256", publicKeySHA256)
        if let key = entry.key {
            list.add("certificates", String(key.chain.count))
            list.add("keyFits", key.matchesCertificate.map { $0 ? "yes" : "no" } ?? "unknown")
        }
        return list
    }

    /// What is wrong with the key, and with the certificate at `now`.
    func warnings(now: Timestamp) -> [String] {
        let name = Printable.quoted(entry.alias)
        var warnings: [String] = []
        if let problem { warnings.append(problem.detail) }
        if entry.key?.matchesCertificate == false {
            warnings.append("\(name): the certificate does not belong to the private key")
        }
        if let validity = entry.certificate.flatMap({ CertificateWarnings.validity($0, now: now) }) {
            warnings.append("\(name): \(validity.text)")
        }
        return warnings
    }

    func writeMembers(to writer: inout JSONWriter) {
        writer.member("alias", entry.alias)
        writer.member("kind", entry.key == nil ? "certificate" : "privateKey")
        writer.member("createdAt", entry.createdAt?.description)
        writer.member("subject", entry.certificate?.subject)
        writer.member("notAfter", entry.certificate?.notAfter?.description)
        writer.name("keyBits")
        if let keyBits { writer.integer(keyBits) } else { writer.null() }
        writer.member("publicKeySHA256", publicKeySHA256)
        writer.name("keyMatchesCertificate")
        if let matches = entry.key?.matchesCertificate { writer.bool(matches) } else { writer.null() }
        writer.member("keyProblem", problem?.code.rawValue)
        writer.name("certificates")
        writer.array { writer in
            for certificate in entry.key?.chain ?? [entry.certificate].compactMap(\.self) {
                writer.string(certificate.pem)
            }
        }
    }
}
