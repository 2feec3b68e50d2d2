internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso tenant list`.
enum TenantListCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["tenant", "list"], summary: "List all tenants", flags: FlagSpec.store,
            examples: ["tenant list", "tenant list --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let tenants = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await allPages { last, limit async throws(StoreError) in
                try await store.tenants(after: last?.license, limit: limit)
            }
        }
        guard !context.wantsJSON else {
            context.output.items(tenants) { tenant, writer in tenant.writeSummaryMembers(to: &writer) }
            return .success
        }
        var table = TextTable("LICENSE", "NAME", "CREATED")
        for tenant in tenants { table.add(tenant.license.value, tenant.name, tenant.createdAt.description) }
        context.output.table(table)
        return .success
    }
}
