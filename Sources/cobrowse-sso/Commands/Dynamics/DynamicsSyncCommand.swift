internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics sync`.
enum DynamicsSyncCommand {
    private static let everybody = FlagSpec.toggle(
        "--full", "read everybody, and not those alone whose rows were modified")

    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "sync"],
            summary: "Compare accounts with their environment, and take what it does not give any more",
            discussion: """
                The service does so by itself once in sync__interval. Whom the environment would refuse is suspended: the \
                account is refused until it is let in there again, and every token issued so far is revoked. Who is no \
                administrator there any more becomes an agent. An account that was disabled by name is left alone, and so \
                is the tenant's last administrator.

                A sync that would suspend more than 20 % of the accounts stops with exit code 1, and changes nothing; \
                with --yes it goes on. What cannot be read changes nothing either.
                """,
            flags: [.license, ConnectionSession.name, everybody, .yes] + ConnectionSession.flags + [.dryRun],
            examples: [
                "dynamics sync --license trial12345 --dry-run",
                "dynamics sync --license trial12345 --connection emea --full",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let isDryRun = arguments.has(.dryRun)
        let order = SyncOrder(
            actor: .commandLine, everybody: arguments.has(everybody), goesOn: arguments.has(.yes), isDryRun: isDryRun)
        let report = try ConnectionSession.run(.dynamics, arguments, context) { session throws(CommandFailure) in
            try session.sync(try session.id(arguments, isNew: false), order)
        }
        switch report.outcome {
        case .failed(let error): throw CommandFailure(error)
        case .busy, .notDue:
            throw CommandFailure(
                .conflict, "another process syncs the \(report.id) at the moment", hint: "try again in a minute")
        case .outdated:
            throw CommandFailure(
                .conflict, "the \(report.id) or the rules of \(report.id.license) were changed while they were read",
                hint: "sync again: what had been written until then stays")
        case .interrupted: throw CommandFailure(.internal, "the sync was interrupted", hint: "the next one goes on")
        case .done, .stopped: break
        }
        return try report.show(context, isDryRun: isDryRun)
    }
}

extension SyncReport {
    private var isStopped: Bool {
        if case .stopped = outcome { true } else { false }
    }

    /// Shows what came of it; that it stopped is the answer "no".
    fileprivate func show(_ context: CommandContext, isDryRun: Bool) throws(CommandFailure) -> ExitStatus {
        for account in kept {
            context.messages.warning(
                "\(account.email) is the last administrator of \(account.license), and stays one though the environment "
                    + "gives less", hint: "make somebody else an administrator, and sync again")
        }
        if context.wantsJSON {
            context.output.json { write(to: &$0, isDryRun: isDryRun) }
            return isStopped ? .answerIsNo : .success
        }
        guard !isStopped else {
            throw CommandFailure(
                .conflict,
                "the \(id): \(counts.suspended) of \(counts.accounts) accounts would be suspended, more than "
                    + "\(SyncShare.largest) %: nothing was changed",
                hint: "see whom: --dry-run --yes; if it is meant, repeat with --yes", exitStatus: .answerIsNo)
        }
        for item in items { context.output.print(Printable.line(item.words(isDryRun))) }
        context.output.print(summary(isDryRun))
        return .success
    }

    private func summary(_ isDryRun: Bool) -> String {
        let what = isFull ? "everybody" : "what was modified"
        let done = "\(counts.suspended) suspended, \(counts.lowered) lowered, \(counts.restored) restored"
        let waiting = counts.postponed > 0 ? "; \(counts.postponed) wait for the next sync" : ""
        return
            "\(isDryRun ? "would be" : "in step"): \(counts.accounts) accounts, \(counts.people) rows read (\(what)): "
            + done + waiting
    }

    private func write(to writer: inout JSONWriter, isDryRun: Bool) {
        writer.object { writer in
            writer.member("name", id.name.value)
            writer.member("outcome", isStopped ? "stopped" : "done")
            writer.member("dryRun", isDryRun)
            writer.member("everybody", isFull)
            writer.name("changes")
            writer.array { writer in for item in items { item.write(to: &writer) } }
            counts.writeMembers(to: &writer)
        }
    }
}

extension SyncReport.Item {
    fileprivate func words(_ isDryRun: Bool) -> String {
        let would = isDryRun ? "would be " : ""
        return switch step {
        case .suspend(let code): "\(email): \(would)suspended (\(code.rawValue))"
        case .lower(let role): "\(email): \(would)lowered to \(role.rawValue)"
        case .restore: "\(email): \(would)restored"
        }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("email", email.value)
            writer.member("accountId", accountID)
            writer.member("change", step.name)
            writer.member("code", step.code?.rawValue)
            writer.member("role", step.role?.rawValue)
        }
    }
}
