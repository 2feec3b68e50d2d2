internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso cert import`.
enum CertImportCommand {
    private static let file = ArgumentSpec("FILE", "certificate, public key, JWK or JWK Set", kind: .inputFile)
    private static let alias = FlagSpec.option("--alias", "A", "name for the key, unique within the tenant")
    private static let keyID = FlagSpec.option("--kid", "K", "the kid that tokens of this key carry")

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "import"], summary: "Trust the key of a certificate to sign a tenant's tokens",
            discussion: """
                Reads certificates and public keys as PEM or DER, and JWK or JWK Set. Importing the same key again \
                changes nothing, except that a certificate that ends later takes the place of the one before, and \
                that a missing alias is filled in.

                A certificate that Salesforce downloads holds no private key and need not be kept secret. A keystore \
                holds private keys: guard it, and import the certificate in its place.
                """,
            arguments: [file], flags: [.license, alias, keyID] + FlagSpec.store + [.dryRun],
            examples: [
                "cert import CobrowseIO.crt --license trial12345 --alias crm",
                "cert import jwks.json --license trial12345 --dry-run",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        if let alias = arguments.value(of: alias), !KeyAlias.isValid(alias) {
            throw .usage("--alias cannot be \(Printable.quoted(alias))", hint: KeyAlias.rule)
        }
        let now = SystemClock().now
        let keys = try read(arguments, context, license: license, now: now)
        let isDryRun = arguments.has(.dryRun)
        let imported = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            _ = try await store.existingTenant(license)
            if isDryRun { return try KeyImport.preview(keys, into: try await store.keys(of: license)) }
            return try await store.insert(keys, audit: AuditStamp(.commandLine, at: now))
        }
        show(imported, isDryRun: isDryRun, context)
        return .success
    }

    private static func read(
        _ arguments: ParsedArguments, _ context: CommandContext, license: License, now: Timestamp
    ) throws(CommandFailure) -> [TrustedKey] {
        let input = context.input(try arguments.required(file), malformed: .certificateMalformed)
        let file = try CertificateFile.material(try input.bytes(), input.name)
        let materials = file.materials
        for flag in [alias, keyID] where materials.count > 1 && arguments.has(flag) {
            throw .usage(
                "\(flag.name) names one key, and \(input.name) holds \(materials.count)",
                hint: "leave it out, or import the keys one by one")
        }
        context.messages.warnings(file.warnings(now: now))
        return materials.map { material in
            material.trusted(
                by: license, alias: arguments.value(of: alias), keyID: arguments.value(of: keyID), importedAt: now)
        }
    }
}

extension CertImportCommand {
    private static func show(_ imported: [ImportedKey], isDryRun: Bool, _ context: CommandContext) {
        guard !context.wantsJSON else {
            return context.output.items(imported) { item, writer in
                item.key.writeMembers(to: &writer)
                writer.member("state", item.outcome.rawValue)
                writer.member("dryRun", isDryRun)
            }
        }
        for item in imported {
            var list = FieldList()
            list.add("keyId", item.key.id)
            list.add("alias", item.key.alias)
            if let keyID = item.key.declaredKeyID { list.add("kid", keyID) }
            list.add("publicKeySHA256", item.key.publicKeySHA256)
            list.add("notAfter", item.key.notAfter?.description)
            list.add("state", state(item.outcome, isDryRun: isDryRun))
            context.output.fields(list)
        }
    }

    private static func state(_ outcome: ImportedKey.Outcome, isDryRun: Bool) -> String {
        switch outcome {
        case .new: isDryRun ? "would be trusted" : "now trusted"
        case .unchanged: isDryRun ? "already trusted, nothing would change" : "already trusted, nothing changed"
        case .certificateRenewed: "already trusted, certificate \(isDryRun ? "would be " : "")renewed"
        case .aliasAdded: "already trusted, alias \(isDryRun ? "would be " : "")added"
        case .certificateRenewedAndAliasAdded:
            "already trusted, certificate \(isDryRun ? "would be " : "")renewed and alias added"
        }
    }
}
