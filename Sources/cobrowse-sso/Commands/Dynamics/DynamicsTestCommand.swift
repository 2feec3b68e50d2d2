internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics test`.
enum DynamicsTestCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "test"], summary: "Test a connection to Dynamics 365, and save nothing",
            discussion: """
                The stages are input, token (Entra gives one), probe (the environment lets the application user in), \
                roles and users (what the bridge reads can be read). The first that fails ends the test, and says \
                why, what to do and who can do it; exit code 1 then. No row of a customer is read.

                What is not given is taken from the stored connection; without any of it, that one is tested as it is.
                """,
            flags: [.license, ConnectionSession.name] + DynamicsFlags.values + ConnectionSession.flags,
            examples: [
                "dynamics test --license trial12345",
                "dynamics test --license trial12345 --tenant-id 72f988bf-86f1-41af-91ab-2d7cd011db47 "
                    + "--client-id 8d8d8d8d-1111-4222-8333-444455556666 --client-secret-file secret.txt "
                    + "--environment-url https://yourorg.crm4.dynamics.com",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let draft = try DynamicsFlags.draft(arguments, context)
        let report = try ConnectionSession.run(.dynamics, arguments, context) { session throws(CommandFailure) in
            let id = try session.id(arguments, isNew: DynamicsFlags.canBeNew(arguments))
            let now = SystemClock().now
            return try session.ask { try await $0.dynamics.test(draft, of: id, now: now) }
        }
        return report.show(context)
    }
}
