internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

extension ConnectionSession {
    /// Tests and saves a connection, or tests alone with `--dry-run`, and shows what came of it.
    static func save(
        _ kind: ConnectionID.Kind, _ arguments: ParsedArguments, _ context: CommandContext,
        _ name: (ConnectionSession) throws(CommandFailure) -> ConnectionID,
        testing test: @escaping @Sendable (ConnectionDesk, ConnectionID, Timestamp) async throws -> ConnectionReport,
        saving save: @escaping @Sendable (ConnectionDesk, ConnectionID, AuditStamp) async throws -> ConnectionReport
    ) throws(CommandFailure) -> ExitStatus {
        let isDryRun = arguments.has(.dryRun)
        let (id, report) = try run(kind, arguments, context) { session throws(CommandFailure) in
            let id = try name(session)
            let stamp = AuditStamp(.commandLine, at: SystemClock().now)
            let report = try session.ask { desk in
                try await isDryRun ? test(desk, id, stamp.time) : save(desk, id, stamp)
            }
            return (id, report)
        }
        return report.show(context, saved: "\(isDryRun ? "would save" : "saved") the \(id)")
    }

    /// Removes a connection, once that is confirmed, and shows which.
    ///
    /// - Parameter remote: what the answer calls the place that it was to.
    static func remove(
        _ kind: ConnectionID.Kind, _ arguments: ParsedArguments, _ context: CommandContext, remote: String,
        _ remove: @escaping @Sendable (ConnectionDesk, ConnectionID, AuditStamp) async throws -> Void
    ) throws(CommandFailure) -> ExitStatus {
        let isDryRun = arguments.has(.dryRun)
        let connection = try run(kind, arguments, context) { session throws(CommandFailure) in
            let known = try session.known(arguments)
            guard isDryRun || arguments.has(.yes) else {
                throw .usage(
                    "removing the \(known.id) ends sign-ins through \(known.remote)", hint: "repeat with --yes to do it"
                )
            }
            if !isDryRun {
                let stamp = AuditStamp(.commandLine, at: SystemClock().now)
                try session.ask { try await remove($0, known.id, stamp) }
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
                writer.member(remote, connection.remote)
                writer.member("dryRun", isDryRun)
            }
        }
        return .success
    }
}
