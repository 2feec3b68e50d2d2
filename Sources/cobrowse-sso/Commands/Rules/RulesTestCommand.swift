internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso rules test`.
enum RulesTestCommand {
    private static let file = ArgumentSpec(
        "FILE", "tenant document, or {\"rules\":[...],\"ruleTests\":[...]}", kind: .inputFile, occurs: .optional)

    static var spec: CommandSpec {
        CommandSpec(
            ["rules", "test"], summary: "Run the rule tests of a tenant",
            discussion: """
                A rule test is a person made up, and the role or the reason code the rules have to come to. Without \
                FILE rules and tests are those of the tenant; with it they are those of the file, and what the file \
                does not have is the tenant's own. Nothing is changed. Exit code 1 says that a test fails.
                """,
            arguments: [file], flags: [.license, .now] + FlagSpec.store,
            examples: ["rules test --license trial12345", "rules test acme.json --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let now = try arguments.now()
        let proposal = try arguments.value(of: file).map { path throws(CommandFailure) in
            try RuleProposalFile.read(context.input(path), for: license)
        }
        let tenant = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await store.existingTenant(license)
        }
        let runner = RuleTestRunner(rules: proposal?.rules ?? tenant.settings.rules, of: license)
        let results = runner.run(proposal?.ruleTests ?? tenant.settings.ruleTests, now: now)
        if results.isEmpty { context.messages.warning("there are no rule tests") }
        show(results, context)
        return results.allSatisfy(\.isPassed) ? .success : .answerIsNo
    }

    private static func show(_ results: [RuleTestResult], _ context: CommandContext) {
        guard !context.wantsJSON else {
            return context.output.items(results) { result, writer in writer.ruleTestResult(result) }
        }
        var table = TextTable("RESULT", "TEST", "EXPECTED", "ACTUAL", "WHY")
        for result in results {
            table.add(
                result.isPassed ? "ok" : "FAILS", result.test.name, result.test.expectation.description,
                result.actual.description, result.detail)
        }
        context.output.table(table)
    }
}
