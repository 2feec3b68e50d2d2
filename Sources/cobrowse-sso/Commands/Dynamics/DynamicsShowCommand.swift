internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso dynamics show`.
enum DynamicsShowCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "show"], summary: "Show a tenant's connections to Dynamics 365",
            discussion: """
                All of them, or the one that is named; with --json a list where none is named. Secrets are shown as ***.
                """,
            flags: [.license, ConnectionSession.name] + ConnectionSession.flags,
            examples: [
                "dynamics show --license trial12345", "dynamics show --license trial12345 --connection emea --json",
            ],
            run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try ConnectionSession.show(.dynamics, arguments, context)
    }
}
