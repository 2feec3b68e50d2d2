internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso key retire`.
enum KeyRetireCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["key", "retire"], summary: "Remove the previous signing key",
            discussion: """
                Refused until the longest token that it signed has expired. Its tokens are refused from then on, and \
                there is no way back to it.
                """,
            flags: [SigningKeySession.emergency, SigningKeySession.confirmation] + SigningKeySession.flags
                + [.dryRun],
            examples: ["key retire", "key retire --emergency --yes"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try SigningKeySession.requireConfirmation(arguments)
        let (isDryRun, isEmergency) = (arguments.has(.dryRun), arguments.has(SigningKeySession.emergency))
        let (change, list) = try SigningKeySession.run(arguments, context) { session throws(CommandFailure) in
            try session.change(isDryRun: isDryRun) { _ in .retire(isEmergency: isEmergency) }
        }
        guard !context.wantsJSON else {
            context.output.keyRingChange(change, list, isDryRun: isDryRun)
            return .success
        }
        for id in change.removed { context.output.print("\(isDryRun ? "would remove" : "removed") \(id)") }
        return .success
    }
}
