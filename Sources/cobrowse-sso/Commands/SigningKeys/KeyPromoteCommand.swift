internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso key promote`.
enum KeyPromoteCommand {
    private static let back = FlagSpec.toggle("--back", "undo a promotion: the previous key signs again")
    private static let probe = FlagSpec.option(
        "--probe", "EMAIL", "promote nothing; print a token of the next key for this address, to try it")
    private static let license = FlagSpec.option("--license", "L", "license key of the probe's tenant")

    static var spec: CommandSpec {
        CommandSpec(
            ["key", "promote"], summary: "Let the next signing key sign",
            discussion: """
                The current key becomes the previous one: it stays accepted until it is retired. Refused until the \
                next key has been published for keys__promote_after.

                A running service follows within a second.
                """,
            flags: [back, probe, license, SigningKeySession.emergency, SigningKeySession.confirmation]
                + SigningKeySession.flags + [.dryRun],
            choices: [.one(of: back, probe, SigningKeySession.emergency)],
            examples: [
                "key promote", "key promote --back", "key promote --probe ann@example.com --license trial12345",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        try SigningKeySession.requireConfirmation(arguments)
        let request = try probeRequest(arguments)
        let isDryRun = arguments.has(.dryRun)
        return try SigningKeySession.run(arguments, context) { session throws(CommandFailure) in
            if let request {
                try show(probe: request, session, isDryRun: isDryRun, context)
                return .success
            }
            let event: KeyRing.Event =
                arguments.has(back) ? .stepBack : .promote(isEmergency: arguments.has(SigningKeySession.emergency))
            let (change, list) = try session.change(isDryRun: isDryRun) { _ in event }
            show(change, list, isDryRun: isDryRun, context)
            return .success
        }
    }

    private static func show(
        _ change: KeyRingChange, _ list: SigningKeyList, isDryRun: Bool, _ context: CommandContext
    ) {
        guard !context.wantsJSON else { return context.output.keyRingChange(change, list, isDryRun: isDryRun) }
        if let current = change.after.current {
            context.output.print("\(current.id) \(isDryRun ? "would sign" : "signs") from now on")
        }
        if let previous = change.after.previous, let allowed = change.after.retirementAllowed {
            context.output.print("\(previous.id) stays accepted, and may be retired from \(allowed)")
        }
        for id in change.removed { context.output.print("\(id) \(isDryRun ? "would be" : "is") removed") }
    }
}

extension KeyPromoteCommand {
    private static func probeRequest(_ arguments: ParsedArguments) throws(CommandFailure) -> TokenRequest? {
        guard let address = arguments.value(of: probe) else {
            if arguments.has(license) { throw .usage("--license is about a probe", hint: "give \(probe.usage) too") }
            return nil
        }
        guard let email = EmailAddress(address) else {
            throw .usage("--probe cannot be \(Printable.quoted(address))", hint: "write it like ann@example.com")
        }
        guard arguments.has(license) else {
            throw .usage("--probe needs a tenant", hint: "give \(license.usage) too")
        }
        return TokenRequest(license: try arguments.license(license), email: email)
    }

    private static func show(
        probe request: TokenRequest, _ session: SigningKeySession, isDryRun: Bool, _ context: CommandContext
    ) throws(CommandFailure) {
        guard let next = try session.list(try session.keys()).item(.next) else {
            throw CommandFailure(
                .notFound, "there is no next key to probe", hint: "make one first: cobrowse-sso key rotate")
        }
        guard !isDryRun else { return context.output.print("would sign a token with \(next.key.id)") }
        let minted = try session.probe(request)
        if context.wantsJSON {
            context.output.json { $0.mintedToken(minted) }
        } else {
            context.output.print(minted.token)
        }
    }
}
