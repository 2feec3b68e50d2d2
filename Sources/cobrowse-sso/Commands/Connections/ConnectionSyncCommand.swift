internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics sync` and `cobrowse-sso salesforce sync`.
enum ConnectionSyncCommand {
    private static let everybody = FlagSpec.toggle(
        "--full", "read everybody, and not those alone whose rows were modified")

    static var dynamics: CommandSpec { spec(.dynamics) }
    static var salesforce: CommandSpec { spec(.salesforce) }

    private static func spec(_ kind: ConnectionID.Kind) -> CommandSpec {
        let (name, place) = (kind.rawValue, kind == .dynamics ? "environment" : "org")
        let clones =
            kind == .dynamics
            ? ""
            : """


            It also looks for clones of Cobrowse's permission sets: rules proposals shows them, and what has drifted \
            apart.
            """
        return CommandSpec(
            [name, "sync"],
            summary: "Compare accounts with their \(place), and take what it does not give any more",
            discussion: """
                The service does so by itself once in sync__interval. Whom the \(place) would refuse is suspended: the \
                account is refused until it is let in there again, and every token issued so far is revoked. Who is no \
                administrator there any more becomes an agent. An account that was disabled by name is left alone, and so \
                is the tenant's last administrator.

                Where more than 20 % of the accounts would lose access for one reason, or more than 20 % of the \
                administrators their role, those keep it, and the exit code is 1; with --yes it is taken. What cannot be \
                read takes nothing.\(clones)
                """,
            flags: [.license, ConnectionSession.name, everybody, .yes] + ConnectionSession.flags + [.dryRun],
            examples: [
                "\(name) sync --license trial12345 --dry-run",
                "\(name) sync --license trial12345 --connection emea --full",
            ]
        ) { arguments, context throws(CommandFailure) in try run(kind, arguments, context) }
    }

    private static func run(
        _ kind: ConnectionID.Kind, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let isDryRun = arguments.has(.dryRun)
        let order = SyncOrder(
            actor: .commandLine, everybody: arguments.has(everybody), goesOn: arguments.has(.yes), isDryRun: isDryRun)
        let report = try ConnectionSession.run(kind, arguments, context) { session throws(CommandFailure) in
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
                "\(account.email) is the last administrator of \(account.license), and stays one though the \(place) gives less",
                hint: "make somebody else an administrator, and sync again")
        }
        if context.wantsJSON {
            context.output.json { write(to: &$0, isDryRun: isDryRun) }
            return isStopped ? .answerIsNo : .success
        }
        for item in items { context.output.print(Printable.line(item.words(isDryRun))) }
        guard !isStopped else {
            throw CommandFailure(
                .conflict,
                "the \(id): \(counts.held) of \(counts.accounts) accounts would lose access, or the administrator's role, "
                    + "for one reason: more than \(SyncShare.largest) % of those who have it; they keep it",
                hint: "see whom: --dry-run --yes; if it is meant, repeat with --yes", exitStatus: .answerIsNo)
        }
        context.output.print(summary(isDryRun))
        if counts.notShown > 0 {
            context.messages.note(
                "of \(counts.notShown) of the accounts the \(place) does not show who they are, or whether the address "
                    + "is verified: they keep what they have. To keep them in step, \(SyncCounts.hintOfNotShown)")
        }
        clones?.tell(id, context.messages)
        return .success
    }

    private var place: String { id.kind == .dynamics ? "environment" : "org" }

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
            writer.name("waiting")
            writer.array { writer in for item in held { item.write(to: &writer) } }
            counts.writeMembers(to: &writer)
            guard let clones else { return }
            writer.name("clones")
            clones.write(to: &writer)
        }
    }
}

extension CloneReport {
    /// Says what an administrator should know; it is not what was asked for.
    fileprivate func tell(_ id: ConnectionID, _ messages: Messages) {
        for proposal in proposals {
            messages.note(
                "\(Printable.quoted(proposal.label)) (\(proposal.id.value)) is a clone of \(proposal.original): to let its "
                    + "people in as \(proposal.role.rawValue): cobrowse-sso rules proposals --license \(id.license) "
                    + "--accept \(proposal.id.value)")
        }
        for drift in drift { messages.note(drift.words) }
        if omittedCount > 0 { messages.note("there are \(omittedCount) more that are not shown") }
        if let unreadable { messages.warning("clones could not be looked for: \(unreadable)") }
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
