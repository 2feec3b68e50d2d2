internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics remove`.
enum DynamicsRemoveCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "remove"], summary: "Disconnect a tenant from Dynamics 365",
            discussion: """
                The connection goes with its credential and with the tokens that were had with it, and nobody signs in \
                through it any more. Accounts, decisions and the audit trail stay. The client secret stays valid at \
                Entra until it is deleted there.
                """,
            flags: [.license, ConnectionSession.name, .yes] + ConnectionSession.flags + [.dryRun],
            examples: [
                "dynamics remove --license trial12345 --dry-run",
                "dynamics remove --license trial12345 --connection emea --yes",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try ConnectionSession.remove(.dynamics, arguments, context, remote: "environmentUrl") { desk, id, stamp in
            try await desk.dynamics.remove(id, stamp: stamp)
        }
    }
}
