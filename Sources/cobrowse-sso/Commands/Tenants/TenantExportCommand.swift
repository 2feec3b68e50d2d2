internal import AuthService
internal import BridgeCore

/// `cobrowse-sso tenant export`.
enum TenantExportCommand {
    private static let argument = ArgumentSpec("L", "license key of the tenant")

    static var spec: CommandSpec {
        CommandSpec(
            ["tenant", "export"], summary: "Print a tenant as the document that tenant apply reads",
            discussion: """
                The document has rules, limits, rule tests and the record mapping, and no secret. One tenant has one \
                text, a rule a line, so that it can be kept under version control. With --json it stands on one line.
                """,
            arguments: [argument], flags: FlagSpec.store,
            examples: ["tenant export trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try License(checking: try arguments.required(argument), from: "L")
        let tenant = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            try await store.existingTenant(license)
        }
        let document = TenantDocument(tenant)
        if context.wantsJSON {
            context.output.json { writer in writer.object { document.writeMembers(to: &$0) } }
        } else {
            context.output.write(document.text.utf8)
        }
        return .success
    }
}
