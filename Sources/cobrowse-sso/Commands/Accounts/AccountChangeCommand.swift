internal import AuthService

/// `cobrowse-sso account change`.
enum AccountChangeCommand {
    private static let role = FlagSpec.option(
        "--role", "R", "the role from now on", kind: .oneOf(Role.allCases.map(\.rawValue)), required: true)

    static var spec: CommandSpec {
        CommandSpec(
            ["account", "change"], summary: "Give a person another role",
            discussion: """
                The role holds until the next login, which decides it anew from what the person has in the CRM, or from \
                the token. With a lower role the tokens from before are revoked, since they would bring the old one \
                back. The last active administrator of a tenant is only taken with --yes.
                """,
            arguments: [.account], flags: [.license, role] + FlagSpec.store + [.dryRun, .yes],
            examples: ["account change ann@example.com --role agent --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let word = try arguments.required(role)
        guard let role = Role(rawValue: word) else {
            throw .usage("--role cannot be \(Printable.quoted(word))", hint: "write agent or administrator")
        }
        return try AccountEdit.role(role).run(arguments, context)
    }
}
