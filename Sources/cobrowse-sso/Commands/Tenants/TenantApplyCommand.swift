internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso tenant apply`.
enum TenantApplyCommand {
    private static let file = ArgumentSpec("FILE", "tenant document, - for standard input", kind: .inputFile)
    private static let create = FlagSpec.toggle("--create", "add the tenant where there is none")

    static var spec: CommandSpec {
        CommandSpec(
            ["tenant", "apply"], summary: "Make a tenant what its document says",
            discussion: """
                The rule tests of the document run first: where one fails nothing is changed and the exit code is 1. \
                Otherwise everything is changed or nothing is. Lines of the answer begin with + for what comes, - for \
                what goes and ~ for what becomes something else.

                A running service notices within a second.
                """,
            arguments: [file], flags: [create] + FlagSpec.store + [.dryRun],
            examples: ["tenant apply acme.json --dry-run", "tenant apply acme.json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let input = context.input(try arguments.required(file))
        let document = try TenantDocumentFile.read(input)
        var application: TenantApplication
        do throws(FailedRuleTests) {
            application = try TenantApplication(of: document, by: .commandLine, at: SystemClock().now)
        } catch {
            return try refuse(error, input.name, context)
        }
        application.isCreating = arguments.has(create)
        application.isDryRun = arguments.has(.dryRun)
        let (outcome, refusedKeys) = try outcome(of: application, arguments, context)
        for warning in outcome.warnings { context.messages.warning(warning) }
        refusedKeys.warn(application.document.license, context.messages)
        show(outcome, context)
        return .success
    }

    private static func outcome(
        of application: TenantApplication, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> (TenantApplication.Outcome, RefusedKeys) {
        let (license, now) = (application.document.license, SystemClock().now)
        let grace = application.document.settings.refuseExpiredKeysAfter
        if application.isCreating, application.isDryRun,
            !StoreSession.hasDatabase(try ConfigurationSources.read(arguments, context))
        {
            return (application.outcomeOnNothing, RefusedKeys(among: [], grace: grace, at: now))
        }
        let isMaking = application.isCreating && !application.isDryRun
        return try StoreSession.run(arguments, context, creating: isMaking) { store async throws(StoreError) in
            if !application.isCreating { try await requireTenant(license, in: store) }
            let outcome = try await application.run(on: store)
            let keys = try await store.keys(of: license)
            return (outcome, RefusedKeys(among: keys, grace: grace, at: now))
        }
    }

    /// Says of a license nobody has added which one was most likely meant.
    private static func requireTenant(_ license: License, in store: any Store) async throws(StoreError) {
        do throws(StoreError) {
            _ = try await store.existingTenant(license)
        } catch {
            guard error.code == .notFound, let hint = error.hint else { throw error }
            throw StoreError(error.code, error.detail, hint: "\(hint), or repeat with --create")
        }
    }

    /// Says which rule tests fail; with `--json` on standard output, because it is the answer.
    private static func refuse(
        _ failed: FailedRuleTests, _ name: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let failure = CommandFailure(
            failed.code, "\(name): \(failed.detail)", hint: failed.hint, exitStatus: .answerIsNo)
        guard context.wantsJSON else {
            for result in failed.failures {
                context.messages.report(CommandFailure(.configurationInvalid, "rule test \(result)"))
            }
            throw failure
        }
        context.output.json { writer in
            writer.object { writer in
                writer.member("code", failure.code.rawValue)
                writer.member("detail", failure.detail)
                writer.member("hint", failure.hint)
                writer.name("failedRuleTests")
                writer.ruleTestResults(failed.failures)
            }
        }
        return .answerIsNo
    }

    private static func show(_ outcome: TenantApplication.Outcome, _ context: CommandContext) {
        guard !context.wantsJSON else { return context.output.json { $0.tenantApplication(outcome) } }
        for change in outcome.changes { context.output.print(Printable.line(change.description)) }
        let (license, isDryRun) = (outcome.license, outcome.isDryRun)
        if outcome.isNew {
            context.output.print("\(isDryRun ? "would create" : "created") tenant \(license)")
        } else if outcome.changes.isEmpty {
            context.output.print("nothing to change in tenant \(license)")
        } else {
            context.output.print("\(isDryRun ? "would change" : "changed") tenant \(license)")
        }
    }
}
