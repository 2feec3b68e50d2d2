internal import AuthService

/// `cobrowse-sso salesforce show`.
enum SalesforceShowCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["salesforce", "show"], summary: "Show a tenant's connections to Salesforce",
            discussion: """
                All of them, or the one that is named; with --json a list where none is named. Secrets are shown as ***.
                """,
            flags: [.license, ConnectionSession.name] + ConnectionSession.flags,
            examples: [
                "salesforce show --license trial12345",
                "salesforce show --license trial12345 --connection emea --json",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try ConnectionSession.show(.salesforce, arguments, context)
    }
}
