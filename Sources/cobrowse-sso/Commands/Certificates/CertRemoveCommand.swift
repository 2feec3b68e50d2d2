internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso cert remove`.
enum CertRemoveCommand {
    private static let key = ArgumentSpec("KEYID|ALIAS", "key id or alias, as cert list shows them")

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "remove"], summary: "Stop trusting a key of a tenant",
            discussion: """
                A running service notices within a second; tokens of the key are refused from then on. --dry-run says \
                which tokens those are.
                """,
            arguments: [key], flags: [.license] + FlagSpec.store + [.dryRun],
            examples: ["cert remove salesforce --license trial12345"], run: run)
    }

    /// What was, or would be, removed.
    private struct Removal: Sendable {
        let key: TrustedKey
        /// How many keys are left whose tokens are accepted.
        let restCount: Int
        let effect: KeyChangeEffect
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let name = try arguments.required(key)
        let license = try arguments.license()
        let isDryRun = arguments.has(.dryRun)
        let removal = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await remove(name, of: license, in: store, isDryRun: isDryRun, now: SystemClock().now)
        }
        if removal.restCount == 0 {
            context.messages.warning(
                "\(license) trusts no other key: nobody can sign in until another one is imported")
        }
        show(removal, isDryRun: isDryRun, context)
        return .success
    }

    private static func show(_ removal: Removal, isDryRun: Bool, _ context: CommandContext) {
        guard !context.wantsJSON else {
            return context.output.json { writer in
                writer.object { writer in
                    removal.key.writeMembers(to: &writer)
                    writer.member("dryRun", isDryRun)
                    if isDryRun { writer.members(removal.effect) }
                }
            }
        }
        let name = Printable.line(removal.key.shownName)
        context.output.print("\(isDryRun ? "would remove" : "removed") \(name)")
        guard isDryRun else { return }
        var list = FieldList()
        list.add(removal.effect)
        context.output.fields(list)
    }

    private static func remove(
        _ name: String, of license: License, in store: any Store, isDryRun: Bool, now: Timestamp
    ) async throws(StoreError) -> Removal {
        let grace = try await store.existingTenant(license).settings.refuseExpiredKeysAfter
        let keys = try await store.keys(of: license)
        guard let key = keys.first(where: { $0.id == name || $0.alias == name }) else {
            let names = keys.flatMap { [$0.id, $0.alias].compactMap(\.self) }
            throw StoreError(
                .notFound, "the tenant \(license) has no key with this id or alias",
                hint: Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" }
                    ?? "cobrowse-sso cert list --license \(license) shows its keys")
        }
        if !isDryRun {
            _ = try await store.removeKey(named: key.id, of: license, audit: AuditStamp(.commandLine, at: now))
        }
        let rest = keys.filter { $0.id != key.id }
        let effect = KeyChangeEffect(
            of: key.id, from: KeySelection(keys, refusedAfterEnd: grace, at: now),
            to: KeySelection(rest, refusedAfterEnd: grace, at: now))
        let restCount = rest.count { KeyTerm(of: $0, at: now, refusedAfterEnd: grace).state.isInForce }
        return Removal(key: key, restCount: restCount, effect: effect)
    }
}
