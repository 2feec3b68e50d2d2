internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso cert remove`.
enum CertRemoveCommand {
    private static let key = ArgumentSpec("KEYID|ALIAS", "key id or alias, as cert list shows them")

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "remove"], summary: "Stop trusting a key of a tenant",
            discussion: "A running service notices within a second; tokens of the key are refused from then on.",
            arguments: [key], flags: [.license] + FlagSpec.store + [.dryRun],
            examples: ["cert remove salesforce --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let name = try arguments.required(key)
        let license = try arguments.license()
        let isDryRun = arguments.has(.dryRun)
        let (removed, restCount) = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await remove(name, of: license, in: store, isDryRun: isDryRun)
        }
        if restCount == 0 {
            context.messages.warning(
                "\(license) trusts no other key: nobody can sign in until another one is imported")
        }
        if context.wantsJSON {
            context.output.json { writer in
                writer.object { writer in
                    removed.writeMembers(to: &writer)
                    writer.member("dryRun", isDryRun)
                }
            }
        } else {
            context.output.print("\(isDryRun ? "would remove" : "removed") \(Printable.line(removed.shownName))")
        }
        return .success
    }

    /// The key that was or would be removed, and how many others there are.
    private static func remove(
        _ name: String, of license: License, in store: any Store, isDryRun: Bool
    ) async throws(StoreError) -> (TrustedKey, Int) {
        _ = try await store.existingTenant(license)
        let keys = try await store.keys(of: license)
        guard let key = keys.first(where: { $0.id == name || $0.alias == name }) else {
            let names = keys.flatMap { [$0.id, $0.alias].compactMap(\.self) }
            throw StoreError(
                .notFound, "the tenant \(license) has no key with this id or alias",
                hint: Suggestion.nearest(to: name, among: names).map { "did you mean \($0)?" }
                    ?? "cobrowse-sso cert list --license \(license) shows its keys")
        }
        if !isDryRun {
            let audit = AuditStamp(.commandLine, at: SystemClock().now)
            _ = try await store.removeKey(named: key.id, of: license, audit: audit)
        }
        return (key, keys.count - 1)
    }
}
