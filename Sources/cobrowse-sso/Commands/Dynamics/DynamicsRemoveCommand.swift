internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics remove`.
enum DynamicsRemoveCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "remove"], summary: "Disconnect a tenant from Dynamics 365",
            discussion: """
                The connection goes with its credential and with the tokens that were had with it, and nobody signs in \
                through it any more. Accounts, decisions and the audit trail stay. The client secret stays valid at \
                Entra until it is deleted there.
                """,
            flags: [.license, DynamicsFlags.connection, .yes] + DynamicsSession.flags + [.dryRun],
            examples: [
                "dynamics remove --license trial12345 --dry-run",
                "dynamics remove --license trial12345 --connection emea --yes",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let isDryRun = arguments.has(.dryRun)
        let connection = try DynamicsSession.run(arguments, context) { session throws(CommandFailure) in
            let id = try session.id(arguments, isNew: false)
            guard let known = try session.connections().first(where: { $0.id == id }) else {
                throw CommandFailure(StoreError.noConnection(id))
            }
            guard isDryRun || arguments.has(.yes) else {
                throw .usage(
                    "removing the \(id) ends sign-ins through \(known.remote)", hint: "repeat with --yes to do it")
            }
            if !isDryRun {
                let stamp = AuditStamp(.commandLine, at: SystemClock().now)
                try session.run { _ = try await $0.remove(id, stamp: stamp) }
            }
            return known
        }
        guard context.wantsJSON else {
            context.output.print("\(isDryRun ? "would remove" : "removed") the \(connection.id), \(connection.remote)")
            return .success
        }
        context.output.json { writer in
            writer.object { writer in
                writer.member("name", connection.id.name.value)
                writer.member("environmentUrl", connection.remote)
                writer.member("dryRun", isDryRun)
            }
        }
        return .success
    }
}
