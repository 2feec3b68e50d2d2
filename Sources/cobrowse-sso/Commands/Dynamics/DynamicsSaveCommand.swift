internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics save`.
enum DynamicsSaveCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "save"], summary: "Test a connection to Dynamics 365, and save it if every stage passes",
            discussion: """
                The stages are those of dynamics test. A stage that fails ends it with exit code 1 and changes \
                nothing: a connection that was saved before goes on working. What is not given stays as it is stored.

                The secret is sealed with the master key and never shown again. With --mailbox-approval not-used \
                people are let in whose e-mail address nobody has approved; every such decision names it.

                A tenant's only connection needs no --connection, whatever it is called, unless --tenant-id, --client-id or \
                --environment-url is given: that may be another one.
                """,
            flags: [.license, ConnectionSession.name] + DynamicsFlags.values + ConnectionSession.flags + [.dryRun],
            examples: [
                "dynamics save --license trial12345 --tenant-id 72f988bf-86f1-41af-91ab-2d7cd011db47 "
                    + "--client-id 8d8d8d8d-1111-4222-8333-444455556666 --client-secret-file secret.txt "
                    + "--environment-url https://yourorg.crm4.dynamics.com --secret-expires 2027-01-15",
                "dynamics save --license trial12345 --mailbox-approval not-used",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let draft = try DynamicsFlags.draft(arguments, context)
        return try save(draft, arguments, context) { session throws(CommandFailure) in
            try session.id(arguments, isNew: DynamicsFlags.canBeNew(arguments))
        }
    }

    /// Tests and saves, or tests alone with `--dry-run`.
    static func save(
        _ draft: DynamicsDraft, _ arguments: ParsedArguments, _ context: CommandContext,
        _ name: (ConnectionSession) throws(CommandFailure) -> ConnectionID
    ) throws(CommandFailure) -> ExitStatus {
        try ConnectionSession.save(
            .dynamics, arguments, context, name,
            testing: { desk, id, now in try await desk.dynamics.test(draft, of: id, now: now) },
            saving: { desk, id, stamp in try await desk.dynamics.save(draft, as: id, stamp: stamp) })
    }
}
