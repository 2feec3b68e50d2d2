internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso key rotate`.
enum KeyRotateCommand {
    private static let master = FlagSpec.toggle("--master", "exchange the master key instead, while the service runs")
    private static let emergency = FlagSpec.toggle(
        "--emergency", "replace all keys at once: the tokens they signed are refused from now on")

    static var spec: CommandSpec {
        CommandSpec(
            ["key", "rotate"], summary: "Begin a change of the signing key: make the next one",
            discussion: """
                Prints the public key of the new key on standard output and the further steps on standard error: \
                Cobrowse's settings hold one public key, so for Cobrowse the change happens when it is pasted there.

                With --master every secret in the store is sealed with a new master key. It takes the place of the \
                file in use, which is kept beside it as .previous for backups made before.
                """,
            flags: [emergency, master, SigningKeySession.confirmation] + SigningKeySession.flags + [.dryRun],
            choices: [.one(of: emergency, master)],
            examples: ["key rotate", "key rotate --emergency --yes", "key rotate --master"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try SigningKeySession.requireConfirmation(arguments)
        let isDryRun = arguments.has(.dryRun)
        return try SigningKeySession.run(arguments, context) { session throws(CommandFailure) in
            if arguments.has(master) {
                show(try session.exchangeMasterKey(isDryRun: isDryRun), isDryRun: isDryRun, context)
                return .success
            }
            let isEmergency = arguments.has(emergency)
            let (change, list) = try session.change(isDryRun: isDryRun, needsKey: true) { id in
                isEmergency ? .replace(newKey: id) : .rotate(newKey: id)
            }
            guard !context.wantsJSON else {
                context.output.keyRingChange(change, list, isDryRun: isDryRun, steps: RotationGuide.steps(change, list))
                return .success
            }
            guard !isDryRun, let state = change.added?.state, let item = list.item(state) else {
                context.output.print(RotationGuide.trial(change))
                return .success
            }
            context.output.write(item.publicKey.pem.utf8)
            context.messages.write(Array(RotationGuide.text(change, list).utf8))
            return .success
        }
    }

    private static func show(_ outcome: MasterKeyRotation.Outcome, isDryRun: Bool, _ context: CommandContext) {
        guard !context.wantsJSON else {
            return context.output.json { writer in
                writer.object { writer in
                    writer.member("records", outcome.recordCount)
                    writer.member("previousFile", outcome.previousFile)
                    writer.member("resumed", outcome.isResumed)
                    writer.member("dryRun", isDryRun)
                }
            }
        }
        if outcome.isResumed {
            context.messages.warning("an exchange that was interrupted \(isDryRun ? "would be" : "was") finished")
        }
        context.output.print(
            "\(isDryRun ? "would seal" : "sealed") \(outcome.recordCount) "
                + "record\(outcome.recordCount == 1 ? "" : "s") with a new master key")
        context.output.print("the one before is kept in \(Printable.line(outcome.previousFile))")
    }
}
