internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso tenant create`.
enum TenantCreateCommand {
    private static let argument = ArgumentSpec("L", "license key from the account settings of Cobrowse")
    private static let name = FlagSpec.option("--name", "N", "name for people")

    static var spec: CommandSpec {
        CommandSpec(
            ["tenant", "create"], summary: "Add a Cobrowse account, named by its license key",
            discussion: """
                Makes the store where there is none. The tenant starts with the permission sets and security roles \
                that the Cobrowse packages ship; next comes cert import.
                """,
            arguments: [argument], flags: [name] + FlagSpec.store + [.dryRun],
            examples: ["tenant create trial12345 --name Acme"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try License(checking: try arguments.required(argument), from: "L")
        let tenant = Tenant(license: license, name: try checkedName(arguments), createdAt: SystemClock().now)
        let isDryRun = arguments.has(.dryRun)
        if isDryRun {
            try preview(license, arguments, context)
        } else {
            _ = try StoreSession.run(arguments, context, creating: true) { store async throws(StoreError) in
                try await store.insert(tenant, audit: AuditStamp(.commandLine, at: tenant.createdAt))
            }
        }
        if context.wantsJSON {
            context.output.json { writer in
                writer.object { writer in
                    tenant.writeMembers(to: &writer)
                    writer.member("dryRun", isDryRun)
                }
            }
        } else {
            context.output.print("\(isDryRun ? "would create" : "created") tenant \(license)")
        }
        return .success
    }

    /// A name that fits on one line, and reads as it is written.
    private static func checkedName(_ arguments: ParsedArguments) throws(CommandFailure) -> String? {
        guard let text = arguments.value(of: name) else { return nil }
        guard TenantName.isAcceptable(text) else {
            throw .usage(
                "--name cannot be \(Printable.quoted(text))",
                hint: "1 to 128 characters, without control and direction-changing ones")
        }
        return text
    }

    /// Refuses what the store would refuse, without making one.
    private static func preview(
        _ license: License, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) {
        guard StoreSession.hasDatabase(try ConfigurationSources.read(arguments, context)) else { return }
        try StoreSession.run(arguments, context) { store async throws(StoreError) in
            guard try await store.tenant(license) == nil else {
                throw StoreError(.conflict, "there is a tenant \(license) already")
            }
        }
    }
}
