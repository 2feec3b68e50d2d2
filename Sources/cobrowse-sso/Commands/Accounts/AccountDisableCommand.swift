internal import AuthService

/// `cobrowse-sso account disable`.
enum AccountDisableCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["account", "disable"], summary: "Keep a person out",
            discussion: """
                A running service notices within a second: logins of the account are refused, and its tokens stop \
                working. They are revoked, too, so that enabling the account does not bring them back. The last active \
                administrator of a tenant is only taken with --yes.
                """,
            arguments: [.account], flags: [.license] + FlagSpec.store + [.dryRun, .yes],
            examples: ["account disable ann@example.com --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try AccountStatusChange(status: .disabled, verb: "disable", done: "disabled").run(arguments, context)
    }
}
