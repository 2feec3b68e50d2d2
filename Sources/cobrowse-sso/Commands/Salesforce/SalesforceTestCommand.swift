internal import AuthService
internal import BridgeService
internal import Connectors

/// `cobrowse-sso salesforce test`.
enum SalesforceTestCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["salesforce", "test"], summary: "Test a connection to Salesforce, and save nothing",
            discussion: """
                The stages are input, token (Salesforce gives one for the integration user), organization (it is the \
                org that is meant), permissionSets and emails (what the bridge reads can be read). The first that \
                fails ends the test, and says why, what to do and who can do it; exit code 1 then. No record of a \
                customer is read. Without an integration user the stages are input and token.

                What is not given is taken from the stored connection; without any of it, that one is tested as it is.
                """,
            flags: [.license, ConnectionSession.name] + SalesforceFlags.values + ConnectionSession.flags,
            examples: [
                "salesforce test --license trial12345",
                "salesforce test --license trial12345 --login-url https://acme.my.salesforce.com "
                    + "--client-id 3MVG9example --client-key-file key.pem --integration-username bridge@acme.example",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let draft = try SalesforceFlags.draft(arguments, context)
        let report = try ConnectionSession.run(.salesforce, arguments, context) { session throws(CommandFailure) in
            let id = try session.id(arguments, isNew: SalesforceFlags.canBeNew(arguments))
            let now = SystemClock().now
            return try session.ask { try await $0.salesforce.test(draft, of: id, now: now) }
        }
        return report.show(context)
    }
}
