internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso cert import`.
enum CertImportCommand {
    private static let file = ArgumentSpec(
        "FILE", "certificate, public key, JWK Set or keystore, or a directory of them", kind: .inputFile,
        occurs: .oneOrMore)
    private static let alias = FlagSpec.option("--alias", "A", "name for the key, unique within the tenant")
    private static let keyID = FlagSpec.option("--kid", "K", "the kid that tokens of this key carry")

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "import"], summary: "Trust the key of a certificate to sign a tenant's tokens",
            discussion: """
                Reads certificates and public keys as PEM or DER, PKCS#7, JWK, JWK Set, keystores (JKS, PKCS#12), and \
                text that was spoilt on its way, which is repaired with a warning. Of a directory every file is read \
                but hidden ones and what lies deeper. All files are imported or none: what cannot be is named, one \
                message a file, and nothing is changed.

                Importing the same key again changes nothing, except that a certificate that ends later takes the \
                place of the one before, and that a missing alias is filled in. --dry-run shows what would change, \
                and which tokens would start or stop being accepted.

                A certificate that Salesforce downloads holds no private key and need not be kept secret. A keystore \
                holds private keys: guard it, or delete it. None of them is stored; trusted is the public key of \
                each entry, or of the one that --entry, or --alias, names.
                """,
            arguments: [file],
            flags: [.license, alias, keyID, KeyFileReader.passwordFile, KeyFileReader.entry] + FlagSpec.store
                + [.dryRun],
            examples: [
                "cert import CobrowseIO.crt --license trial12345 --alias crm",
                "cert import export.jks --license trial12345 --entry cobrowseio --password-file password.txt",
                "cert import certificates/ --license trial12345 --dry-run",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let alias = try arguments.keyAlias(alias)
        let now = SystemClock().now
        let found = try found(arguments, alias, context)
        let keyID = arguments.value(of: keyID)
        let keys = found.map {
            $0.material.trusted(by: license, alias: alias, keyID: keyID, importedAt: now)
        }
        let (isDryRun, importer) = (arguments.has(.dryRun), KeyImporter(found: found, keys: keys, now: now))
        let outcome = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            let tenant = try await store.existingTenant(license)
            return isDryRun
                ? try await importer.preview(tenant, in: store) : try await importer.run(tenant, in: store)
        }
        let result = try outcome.result()
        ImportWarnings(result, now: now, context.messages).show()
        CertImportReport(result, context).show()
        return .success
    }

    private static func found(
        _ arguments: ParsedArguments, _ alias: String?, _ context: CommandContext
    ) throws(CommandFailure) -> [CandidateKey] {
        let reader = try KeyFileReader(arguments, alias: alias, context)
        let paths = arguments.values(of: file)
        let found = try KeyFiles(paths, reader, context).keys()
        for flag in [Self.alias, keyID] where found.count > 1 && arguments.has(flag) {
            let files =
                found.first.map { first in found.allSatisfy { $0.file == first.file } ? first.file : nil } ?? nil
            throw .usage(
                "\(flag.name) names one key, and \(files.map { "\($0) holds" } ?? "there are") \(found.count)",
                hint: "leave it out, or import the keys one by one")
        }
        return found
    }
}

extension ParsedArguments {
    /// The value of an option that names a trusted key; a usage failure for what cannot be an alias.
    func keyAlias(_ flag: FlagSpec) throws(CommandFailure) -> String? {
        guard let alias = value(of: flag) else { return nil }
        guard KeyAlias.isValid(alias) else {
            throw .usage("\(flag.name) cannot be \(Printable.quoted(alias))", hint: KeyAlias.rule)
        }
        return alias
    }
}
