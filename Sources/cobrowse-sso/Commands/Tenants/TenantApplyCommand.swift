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
        let time = SystemClock().now
        let failures = RuleTestRunner(rules: document.settings.rules, of: document.license)
            .run(document.settings.ruleTests, now: time).filter { !$0.isPassed }
        guard failures.isEmpty else {
            return try refuse(failures, of: document.settings.ruleTests.count, input.name, context)
        }
        let isDryRun = arguments.has(.dryRun)
        let application = TenantApplication(
            document: document, isCreating: arguments.has(create), isDryRun: isDryRun, time: time)
        if isDryRun, arguments.has(create),
            !StoreSession.hasDatabase(try ConfigurationSources.read(arguments, context))
        {
            show(application.onNothing, of: document, isDryRun: true, context)
            return .success
        }
        let isMaking = arguments.has(create) && !isDryRun
        let outcome = try StoreSession.run(arguments, context, creating: isMaking) { store async throws(StoreError) in
            try await application.run(on: store)
        }
        show(outcome, of: document, isDryRun: isDryRun, context)
        return .success
    }

    /// Says which rule tests fail; with `--json` on standard output, because it is the answer.
    private static func refuse(
        _ failures: [RuleTestResult], of count: Int, _ name: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let failure = CommandFailure(
            .configurationInvalid, "\(name): \(failures.count) of \(count) rule tests fail; nothing was changed",
            hint: "correct the rules, or what the tests expect", exitStatus: .answerIsNo)
        guard context.wantsJSON else {
            for result in failures {
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
                writer.ruleTestResults(failures)
            }
        }
        return .answerIsNo
    }

    private static func show(
        _ outcome: TenantApplication.Outcome, of document: TenantDocument, isDryRun: Bool, _ context: CommandContext
    ) {
        let license = document.license
        guard !context.wantsJSON else {
            return context.output.json { writer in
                writer.object { writer in
                    writer.member("license", license.value)
                    writer.member("created", outcome.isNew)
                    writer.name("version")
                    if let version = outcome.version { writer.integer(version) } else { writer.null() }
                    writer.name("changes")
                    writer.tenantChanges(outcome.changes)
                    writer.member("ruleTests", document.settings.ruleTests.count)
                    writer.member("dryRun", isDryRun)
                }
            }
        }
        for change in outcome.changes { context.output.print(Printable.line(change.description)) }
        if outcome.isNew {
            context.output.print("\(isDryRun ? "would create" : "created") tenant \(license)")
        } else if outcome.changes.isEmpty {
            context.output.print("nothing to change in tenant \(license)")
        } else {
            context.output.print("\(isDryRun ? "would change" : "changed") tenant \(license)")
        }
    }
}
