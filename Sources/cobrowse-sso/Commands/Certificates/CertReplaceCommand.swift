internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso cert replace`.
enum CertReplaceCommand {
    private static let file = ArgumentSpec("FILE", "the new certificate, or a keystore with it", kind: .inputFile)
    private static let alias = FlagSpec.option("--alias", "A", "name for the new key, unique within the tenant")
    private static let old = FlagSpec.option(
        "--old", "KEYID|ALIAS", "the key to retire", default: "the one whose certificate has the same subject")
    private static let silence = FlagSpec.option(
        "--silent-for", "TIME", "how long nobody may have signed with the old key", default: "24h")

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "replace"],
            summary: "Trust the key of a new certificate, and retire the old one once it is silent",
            discussion: """
                Run it as often as you like with the same file. The first time the new key is trusted beside the old \
                one; switch to the new certificate where tokens are signed. Later runs say which key the logins of \
                the last hours used, and retire the old key once the new one has signed, and the old one has not, \
                for the time given (at least as long as the tenant's tokens live). Until then nothing is refused, \
                and exit code 1 says that there is more to do.

                Tokens of a retired key are refused with key_retired. It stays in the list until cert remove. \
                --dry-run says what would happen now, and to which tokens.
                """,
            arguments: [file],
            flags: [.license, alias, old, silence, KeyFileReader.passwordFile, KeyFileReader.entry, .yes]
                + FlagSpec.store + [.dryRun],
            examples: [
                "cert replace CobrowseIO-2027.crt --license trial12345",
                "cert replace CobrowseIO-2027.crt --license trial12345 --yes",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let now = SystemClock().now
        let request = Request(
            key: try read(arguments, context, now: now), old: arguments.value(of: old),
            silence: try arguments.duration(of: silence, in: 0...(90 * 86_400), standard: 86_400),
            isForced: arguments.has(.yes), isDryRun: arguments.has(.dryRun), now: now)
        let result = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await Self.replace(request, in: store)
        }
        CertReplaceReport(result, isDryRun: request.isDryRun, now: now).show(context)
        return result.isFinished ? .success : .answerIsNo
    }

    private static func read(
        _ arguments: ParsedArguments, _ context: CommandContext, now: Timestamp
    ) throws(CommandFailure) -> TrustedKey {
        let alias = try arguments.keyAlias(alias)
        let reader = try KeyFileReader(arguments, alias: alias, context)
        let input = context.input(try arguments.required(file), malformed: .certificateMalformed)
        let found = try reader.keys(in: input, context.messages)
        guard let material = found.first?.material, found.count == 1 else {
            throw .usage("\(input.name) holds \(found.count) keys", hint: "replace them one by one")
        }
        context.messages.warnings(material.certificate.map { CertificateWarnings.all($0, now: now) } ?? [])
        return material.trusted(by: try arguments.license(), alias: alias, importedAt: now)
    }

    /// What is asked for.
    private struct Request: Sendable {
        let key: TrustedKey
        let old: String?
        let silence: Int64
        let isForced: Bool
        let isDryRun: Bool
        let now: Timestamp
        var stamp: AuditStamp { AuditStamp(.commandLine, at: now) }
    }

    private static func replace(
        _ request: Request, in store: any Store
    ) async throws(StoreError) -> CertReplaceResult {
        let license = request.key.license
        let tenant = try await store.existingTenant(license)
        let known = try await store.keys(of: license)
        let old = try outgoing(request, among: known)
        let preview = try KeyImport.preview([request.key], into: known)
        let imported = request.isDryRun ? preview : try await store.insert([request.key], audit: request.stamp)
        guard let new = imported.first else { throw StoreError(.internal, "the import answered nothing") }
        let begin = min(request.now.adding(seconds: -90 * 86_400), new.key.importedAt)
        let replacement = KeyReplacement(
            new: new.key, old: old, uses: try await store.keyUses(of: license, since: begin),
            silence: request.silence, tokenLifetime: tenant.settings.tokenLifetime, now: request.now)
        let mayRetire = replacement.verdict == .silent || request.isForced
        let leaving = mayRetire ? old.filter { $0.retiredAt == nil } : []
        if !request.isDryRun {
            for key in leaving { _ = try await store.retireKey(named: key.id, of: license, audit: request.stamp) }
        }
        let grace = tenant.settings.refuseExpiredKeysAfter
        return CertReplaceResult(
            imported: new, replacement: replacement, retired: leaving,
            effects: effects(of: new, retiring: leaving, among: known, grace: grace, at: request.now))
    }

    /// What becomes of the tokens of the new key and of those that are retired.
    private static func effects(
        of new: ImportedKey, retiring leaving: [TrustedKey], among known: [TrustedKey], grace: Int64?, at now: Timestamp
    ) -> [(key: TrustedKey, effect: KeyChangeEffect)] {
        let retired = Set(leaving.map(\.id))
        let changed = KeyImport.keys(known, after: [new]).map { key in
            var key = key
            if retired.contains(key.id) { key.retiredAt = now }
            return key
        }
        let before = KeySelection(known, refusedAfterEnd: grace, at: now)
        let after = KeySelection(changed, refusedAfterEnd: grace, at: now)
        return ([new.key] + leaving).map { ($0, KeyChangeEffect(of: $0.id, from: before, to: after)) }
    }

    /// The keys that are to go; a failure where that is anybody's guess, before anything is changed.
    private static func outgoing(_ request: Request, among keys: [TrustedKey]) throws(StoreError) -> [TrustedKey] {
        let others = keys.filter { $0.id != request.key.id }
        guard let name = request.old else {
            let found = KeyReplacement.candidates(for: request.key, among: keys) { certificate in
                (try? Certificate(reading: certificate, source: "a stored certificate"))?.subject
            }
            let inForce = others.filter { $0.retiredAt == nil }
            guard found.isEmpty, !inForce.isEmpty else { return found }
            throw StoreError(
                .conflict, "the tenant \(request.key.license) trusts \(inForce.count) other keys, none of this subject",
                hint:
                    "say which one is to go: --old \(inForce.map { $0.alias ?? $0.id }.joined(separator: " or --old "))"
            )
        }
        guard let key = others.first(where: { $0.id == name || $0.alias == name }) else {
            throw StoreError(
                .notFound, "the tenant \(request.key.license) has no other key with the id or alias \(quoted(name))",
                hint: "cobrowse-sso cert list --license \(request.key.license) shows its keys")
        }
        return [key]
    }
}

/// What a replacement came to.
struct CertReplaceResult: Sendable {
    let imported: ImportedKey
    let replacement: KeyReplacement
    /// The keys that were retired now, or would be.
    let retired: [TrustedKey]
    /// What that means for tokens: the new key first, then those retired.
    let effects: [(key: TrustedKey, effect: KeyChangeEffect)]

    /// Whether nothing is left to do.
    var isFinished: Bool { !retired.isEmpty || replacement.verdict == .nothingToRetire }
}
