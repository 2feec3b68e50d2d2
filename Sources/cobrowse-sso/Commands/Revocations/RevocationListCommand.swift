internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso revocation list`.
enum RevocationListCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["revocation", "list"], summary: "List what was taken back",
            discussion: "Entries go by themselves, once no token that they cover can be valid any more.",
            flags: [.license] + FlagSpec.store,
            examples: ["revocation list --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let revocations = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            _ = try await store.existingTenant(license)
            return try await allPages { last, limit async throws(StoreError) in
                try await store.revocations(of: license, after: last?.name, limit: limit)
            }
        }
        guard !context.wantsJSON else {
            context.output.items(revocations) { revocation, writer in revocation.writeMembers(to: &writer) }
            return .success
        }
        var table = TextTable("WHAT", "VALUE", "ISSUED BEFORE", "EXPIRES")
        for revocation in revocations {
            table.add(
                revocation.kind.rawValue, revocation.value.isEmpty ? nil : revocation.value,
                revocation.issuedBefore.description, revocation.expiresAt.description)
        }
        context.output.table(table)
        return .success
    }
}
