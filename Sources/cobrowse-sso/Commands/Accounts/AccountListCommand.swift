internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso account list`.
enum AccountListCommand {
    private static let lookAlikes = FlagSpec.toggle(
        "--look-alikes", "only accounts whose addresses are easily taken for one another, in groups")

    static var spec: CommandSpec {
        CommandSpec(
            ["account", "list"], summary: "List the people of a tenant",
            discussion: """
                An account is made by a person's first login. Addresses look alike that differ in points or a +tag, in \
                letters such as a Cyrillic and a Latin a, or in 0 and o, 1 and l: one person twice, or an imitation.
                """,
            flags: [.license, lookAlikes] + FlagSpec.store,
            examples: ["account list --license trial12345", "account list --license trial12345 --look-alikes --json"],
            run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        guard !arguments.has(lookAlikes) else {
            let report = try StoreSession.run(arguments, context) { store async throws(StoreError) in
                _ = try await store.existingTenant(license)
                return try await LookAlikesReport(of: license, in: store)
            }
            report.show(context)
            return .success
        }
        let accounts = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            _ = try await store.existingTenant(license)
            return try await allPages { last, limit async throws(StoreError) in
                try await store.accounts(of: license, after: last?.email, limit: limit)
            }
        }
        guard !context.wantsJSON else {
            context.output.items(accounts) { account, writer in account.writeMembers(to: &writer) }
            return .success
        }
        var table = TextTable("EMAIL", "NAME", "ROLE", "STATUS", "LAST LOGIN", "ID")
        for account in accounts {
            table.add(
                account.email.value, account.displayName, account.role.rawValue, account.status.rawValue,
                account.lastLoginAt.description, account.id)
        }
        context.output.table(table)
        return .success
    }
}
