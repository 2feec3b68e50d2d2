internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso cert list`.
enum CertListCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "list"], summary: "List the keys that a tenant trusts",
            flags: [.license] + FlagSpec.store, examples: ["cert list --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let now = SystemClock().now
        let (tenant, keys) = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            (try await store.existingTenant(license), try await store.keys(of: license))
        }
        let grace = tenant.settings.refuseExpiredKeysAfter
        func state(_ key: TrustedKey) -> String { KeyTerm(of: key, at: now, refusedAfterEnd: grace).state.rawValue }
        guard !context.wantsJSON else {
            context.output.items(keys) { key, writer in
                key.writeMembers(to: &writer)
                writer.member("state", state(key))
            }
            return .success
        }
        var table = TextTable("KEY ID", "ALIAS", "KID", "NOT AFTER", "STATE", "IMPORTED")
        for key in keys {
            table.add(
                key.id, key.alias, key.declaredKeyID, key.notAfter?.description, state(key),
                key.importedAt.description)
        }
        context.output.table(table)
        return .success
    }
}
