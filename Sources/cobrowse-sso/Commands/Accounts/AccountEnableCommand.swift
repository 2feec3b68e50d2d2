internal import AuthService

/// `cobrowse-sso account enable`.
enum AccountEnableCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["account", "enable"], summary: "Let a person in again",
            discussion: "The next login brings a new token; those from before the account was disabled stay revoked.",
            arguments: [.account], flags: [.license] + FlagSpec.store + [.dryRun],
            examples: ["account enable ann@example.com --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try AccountEdit.status(AccountPatch(status: .active), verb: "enable", done: "enabled").run(arguments, context)
    }
}
