internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso dynamics rotate-secret`.
enum DynamicsRotateSecretCommand {
    private static let secretFile = FlagSpec.option(
        "--client-secret-file", "F", "file with the Value of the new client secret", kind: .inputFile, required: true)

    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "rotate-secret"], summary: "Put a new client secret in the place of the stored one",
            discussion: """
                Make the new secret in the same app registration first, so that both are valid, and delete the old \
                one once this has succeeded. The new one is tested as by dynamics test; until it has passed, the \
                stored one stays in use.
                """,
            flags: [.license, ConnectionSession.name, secretFile, DynamicsFlags.secretExpires]
                + ConnectionSession.flags + [.dryRun],
            examples: [
                "dynamics rotate-secret --license trial12345 --client-secret-file secret.txt --secret-expires 2028-01-15"
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let secret = try CredentialFiles.secret(secretFile, arguments, context)
        let end = arguments.value(of: DynamicsFlags.secretExpires)
        let draft = DynamicsDraft(clientSecret: secret, secretExpiresAt: end.map { .text($0) } ?? .absent)
        return try DynamicsSaveCommand.save(draft, arguments, context) { session throws(CommandFailure) in
            try session.knownID(arguments)
        }
    }
}
