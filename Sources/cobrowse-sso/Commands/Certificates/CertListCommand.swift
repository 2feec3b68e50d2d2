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
        let keys = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            _ = try await store.existingTenant(license)
            return try await store.keys(of: license)
        }
        guard !context.wantsJSON else {
            context.output.items(keys) { key, writer in key.writeMembers(to: &writer) }
            return .success
        }
        var table = TextTable("KEY ID", "ALIAS", "KID", "NOT AFTER", "IMPORTED")
        for key in keys {
            table.add(
                key.id, key.alias, key.declaredKeyID, key.notAfter?.description, key.importedAt.description)
        }
        context.output.table(table)
        return .success
    }
}
