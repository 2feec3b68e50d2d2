internal import AuthService
internal import BridgeService
internal import Connectors

/// `cobrowse-sso salesforce remove`.
enum SalesforceRemoveCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["salesforce", "remove"], summary: "Disconnect a tenant from Salesforce",
            discussion: """
                The connection goes with its credential and with the tokens that were had with it, and nobody signs in \
                through it any more. Accounts, decisions and the audit trail stay. Secret and certificate stay valid at \
                Salesforce until they are taken from the app there.
                """,
            flags: [.license, ConnectionSession.name, .yes] + ConnectionSession.flags + [.dryRun],
            examples: [
                "salesforce remove --license trial12345 --dry-run",
                "salesforce remove --license trial12345 --connection emea --yes",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try ConnectionSession.remove(.salesforce, arguments, context, remote: "organizationId") { desk, id, stamp in
            try await desk.salesforce.remove(id, stamp: stamp)
        }
    }
}
