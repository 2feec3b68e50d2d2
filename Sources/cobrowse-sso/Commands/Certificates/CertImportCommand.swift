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
                changes nothing, except that a missing alias is filled in.

                A certificate that Salesforce downloads holds no private key and need not be kept secret. A keystore \
                holds private keys: guard it, and import the certificate in its place.
                """,
            arguments: [file], flags: [.license, alias, keyID, .passwordFile] + FlagSpec.store + [.dryRun],
            examples: [
                "cert import CobrowseIO.crt --license trial12345 --alias crm",
                "cert import jwks.json --license trial12345 --dry-run",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let now = SystemClock().now
        let keys = try read(arguments, context, license: license, now: now)
        let isDryRun = arguments.has(.dryRun)
        let imported = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            isDryRun
                ? try await preview(keys, of: license, in: store)
                : try await store.insert(keys).map { Imported(key: $0.key, isNew: $0.isNew) }
        }
        show(imported, isDryRun: isDryRun, context)
        return .success
    }

    private static func read(
        _ arguments: ParsedArguments, _ context: CommandContext, license: License, now: Timestamp
    ) throws(CommandFailure) -> [TrustedKey] {
        let input = context.input(try arguments.required(file), malformed: .certificateMalformed)
        let bytes = try input.bytes()
        let materials = try CertificateFile.material(bytes, input.name)
        for flag in [alias, keyID] where materials.count > 1 && arguments.has(flag) {
            throw .usage(
                "\(flag.name) names one key, and \(input.name) holds \(materials.count)",
                hint: "leave it out, or import the keys one by one")
        }
        for warning in CertShowCommand.fileWarnings(bytes, input.name) { context.messages.warning(warning) }
        for certificate in materials.compactMap(\.certificate) { warn(certificate, now: now, context.messages) }
        return materials.map { material in
            material.trusted(
                by: license, alias: arguments.value(of: alias), keyID: arguments.value(of: keyID), importedAt: now)
        }
    }

    private static func warn(_ certificate: Certificate, now: Timestamp, _ messages: Messages) {
        for warning in CertificateWarnings.all(certificate, now: now) {
            let isExpired = certificate.notAfter.map { $0 < now } ?? false
            messages.warning(
                warning, hint: isExpired ? "tokens are accepted all the same: replace it where they are signed" : nil)
        }
    }
}

/// A key that was imported, or would be.
private struct Imported: Sendable {
    let key: TrustedKey
    let isNew: Bool
}

extension CertImportCommand {
    /// What an import would answer; it refuses what the store would refuse.
    private static func preview(
        _ keys: [TrustedKey], of license: License, in store: any Store
    ) async throws(StoreError) -> [Imported] {
        _ = try await store.existingTenant(license)
        let known = try await store.keys(of: license)
        for key in keys {
            let others = known.filter { $0.id != key.id }
            guard let alias = key.alias, others.contains(where: { $0.alias == alias || $0.id == alias }) else {
                continue
            }
            throw StoreError(
                .conflict, "another key of the tenant \(license) has the alias \"\(alias)\"",
                hint: "choose another alias, or remove that key first")
        }
        return keys.map { key in
            guard var stored = known.first(where: { $0.id == key.id }) else { return Imported(key: key, isNew: true) }
            stored.alias = stored.alias ?? key.alias
            return Imported(key: stored, isNew: false)
        }
    }

    private static func show(_ imported: [Imported], isDryRun: Bool, _ context: CommandContext) {
        guard !context.wantsJSON else {
            return context.output.items(imported) { item, writer in
                item.key.writeMembers(to: &writer)
                writer.member("isNew", item.isNew)
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
            list.add("state", state(item, isDryRun: isDryRun))
            context.output.fields(list)
        }
    }

    private static func state(_ imported: Imported, isDryRun: Bool) -> String {
        guard imported.isNew else { return "already trusted, nothing changed" }
        return isDryRun ? "would be trusted" : "now trusted"
    }
}

extension KeyMaterial {
    /// The key as it is stored; `keyID` wins over what the material declares itself.
    fileprivate func trusted(
        by license: License, alias: String?, keyID: String?, importedAt: Timestamp
    ) -> TrustedKey {
        TrustedKey(
            id: key.thumbprint, license: license, alias: alias, declaredKeyID: keyID ?? declaredKeyID,
            publicKey: key.subjectPublicKeyInfo, certificate: certificate?.der, notBefore: certificate?.notBefore,
            notAfter: certificate?.notAfter, importedAt: importedAt)
    }
}
