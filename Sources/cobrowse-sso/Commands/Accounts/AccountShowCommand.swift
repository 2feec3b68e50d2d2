internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso account show`.
enum AccountShowCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["account", "show"], summary: "Show one person of a tenant", arguments: [.account],
            flags: [.license] + FlagSpec.store,
            examples: ["account show ann@example.com --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let name = try arguments.required(.account)
        let license = try arguments.license()
        let account = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await store.existingAccount(named: name, of: license)
        }
        if context.wantsJSON {
            context.output.json { writer in writer.object { account.writeMembers(to: &$0) } }
        } else {
            var list = FieldList()
            list.add("id", account.id)
            list.add("email", account.email.value)
            list.add("displayName", account.displayName)
            list.add("role", account.role.rawValue)
            list.add("status", account.status.rawValue)
            list.add("createdAt", account.createdAt.description)
            list.add("lastLoginAt", account.lastLoginAt.description)
            context.output.fields(list)
        }
        return .success
    }
}
