internal import AuthService

/// `cobrowse-sso account disable`.
enum AccountDisableCommand {
    private static let releaseAddress = FlagSpec.toggle(
        "--release-address", "another user may have the address, with a new account")

    static var spec: CommandSpec {
        CommandSpec(
            ["account", "disable"], summary: "Keep a person out",
            discussion: """
                A running service notices within a second: logins of the account are refused, and its tokens stop \
                working. They are revoked, too, so that enabling the account does not bring them back. The last active \
                administrator of a tenant is only taken with --yes.

                A user who was deleted in the CRM and made again is somebody new, whom the old account keeps out \
                (account_link_conflict). With --release-address the old account loses its address, and the new user \
                gets an account of their own with the next login. It stays disabled, under its id.
                """,
            arguments: [.account], flags: [.license, releaseAddress] + FlagSpec.store + [.dryRun, .yes],
            examples: [
                "account disable ann@example.com --license trial12345",
                "account disable ann@example.com --license trial12345 --release-address",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let patch = AccountPatch(status: .disabled, releasesAddress: arguments.has(releaseAddress))
        return try AccountEdit.status(patch, verb: "disable", done: "disabled").run(arguments, context)
    }
}
