internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso account show`.
enum AccountShowCommand {
    private static let argument = ArgumentSpec("EMAIL|ID", "e-mail address, or id as account list shows it")

    static var spec: CommandSpec {
        CommandSpec(
            ["account", "show"], summary: "Show one person of a tenant", arguments: [argument],
            flags: [.license] + FlagSpec.store,
            examples: ["account show ann@example.com --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let name = try arguments.required(argument)
        let license = try arguments.license()
        let account = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await find(name, of: license, in: store)
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

    private static func find(
        _ name: String, of license: License, in store: any Store
    ) async throws(StoreError) -> Account {
        _ = try await store.existingTenant(license)
        if let email = EmailAddress(name), let account = try await store.account(email, of: license) { return account }
        if let account = try await store.account(id: name, of: license) { return account }
        throw StoreError(
            .notFound, "the tenant \(license) has no account with this address or id",
            hint: "accounts are made by the first login; cobrowse-sso account list --license \(license) shows them")
    }
}
