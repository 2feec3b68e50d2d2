internal import AuthService
internal import BridgeService
internal import Connectors

/// `cobrowse-sso salesforce save`.
enum SalesforceSaveCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["salesforce", "save"], summary: "Test a connection to Salesforce, and save it if every stage passes",
            discussion: """
                The stages are those of salesforce test. A stage that fails ends it with exit code 1 and changes \
                nothing: a connection that was saved before goes on working. What is not given stays as it is stored, \
                so that a new secret, or a new key, is replaced by giving it alone.

                The key serves the integration user, the secret web sign-in and Canvas; either may be absent. Both are \
                sealed with the master key and never shown again. With --without one of them goes, or the certificate, \
                the integration user or the canvas application.

                A tenant's only connection needs no --connection, whatever it is called, unless --login-url, --client-id \
                or --organization-id is given: that may be another one.
                """,
            flags: [.license, ConnectionSession.name] + SalesforceFlags.values + ConnectionSession.flags + [.dryRun],
            examples: [
                "salesforce save --license trial12345 --login-url https://acme.my.salesforce.com "
                    + "--client-id 3MVG9example --client-secret-file secret.txt --client-key-file key.pem "
                    + "--client-certificate-file key.crt --integration-username bridge@acme.example",
                "salesforce save --license trial12345 --client-secret-file new.txt",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let draft = try SalesforceFlags.draft(arguments, context)
        return try ConnectionSession.save(
            .salesforce, arguments, context,
            { session throws(CommandFailure) in
                try session.id(arguments, isNew: SalesforceFlags.canBeNew(arguments))
            },
            testing: { desk, id, now in try await desk.salesforce.test(draft, of: id, now: now) },
            saving: { desk, id, stamp in try await desk.salesforce.save(draft, as: id, stamp: stamp) })
    }
}
