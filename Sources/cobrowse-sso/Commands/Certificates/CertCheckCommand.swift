internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso cert check`.
enum CertCheckCommand {
    private static let within = FlagSpec.option("--within", "TIME", "how long ahead to look", default: "30d")

    static var spec: CommandSpec {
        CommandSpec(
            ["cert", "check"], summary: "Tell whether a key of a tenant expires soon",
            discussion: """
                Exit code 1 says that a certificate has expired, does so within the time given or is not yet valid, \
                or that the tenant trusts no key; all keys are listed in any case. A bare public key has no end, and \
                retired keys need none. A warning comes 60, 30, 10 and 0 days before an end.
                """,
            flags: [.license, within, .now] + FlagSpec.store,
            examples: ["cert check --license trial12345", "cert check --license trial12345 --within 60d --json"],
            run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let now = try arguments.now()
        let longest: Int64 = 36_500 * 86_400
        let seconds = try arguments.duration(of: within, in: 0...longest, standard: 30 * 86_400)
        let (tenant, keys) = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            (try await store.existingTenant(license), try await store.keys(of: license))
        }
        let grace = tenant.settings.refuseExpiredKeysAfter
        let checked = keys.map { key in
            Checked(key: key, term: KeyTerm(of: key, at: now, expiringWithin: seconds, refusedAfterEnd: grace))
        }
        show(checked, now: now, context)
        let inForce = checked.filter(\.term.state.isInForce)
        if inForce.isEmpty {
            context.messages.warning("the tenant \(license) trusts no key: tokens of its own signer are refused")
        }
        for item in inForce { warn(item, now: now, context.messages) }
        return inForce.isEmpty || inForce.contains { $0.term.state != .valid } ? .answerIsNo : .success
    }

    private static func show(_ checked: [Checked], now: Timestamp, _ context: CommandContext) {
        guard !context.wantsJSON else {
            return context.output.items(checked) { item, writer in
                item.key.writeMembers(to: &writer)
                writer.name("daysLeft")
                if let days = item.term.daysLeft { writer.integer(days) } else { writer.null() }
                writer.name("warningDays")
                if let days = item.warningDays(at: now) { writer.integer(Int64(days)) } else { writer.null() }
                writer.member("refusedFrom", item.term.refusedFrom?.description)
                writer.member("state", item.term.state.rawValue)
            }
        }
        var table = TextTable("KEY ID", "ALIAS", "NOT AFTER", "DAYS LEFT", "STATE")
        for item in checked {
            table.add(
                item.key.id, item.key.alias, item.key.notAfter?.description, item.term.daysLeft.map(String.init),
                item.term.state.rawValue)
        }
        context.output.table(table)
    }

    /// Says in steps of 60, 30, 10 and 0 days how near the end is, whatever time was asked about.
    private static func warn(_ item: Checked, now: Timestamp, _ messages: Messages) {
        guard let end = item.key.notAfter, item.warningDays(at: now) != nil else { return }
        let refusal = item.term.refusedFrom.map { "; its tokens are refused from \($0) on" } ?? ""
        messages.warning(
            "the certificate of \(Printable.line(item.key.shownName)) \(TimeLeft.words(from: now, to: end))\(refusal)",
            hint: "make another one where it came from, then: cobrowse-sso cert replace FILE --license "
                + item.key.license.value)
    }
}

/// A trusted key and how its times compare with the one asked about.
private struct Checked {
    let key: TrustedKey
    let term: KeyTerm

    /// The step that was reached: 60, 30, 10 or 0 days before the end.
    func warningDays(at now: Timestamp) -> Int? { key.notAfter.flatMap { TimeLeft(from: now, to: $0).days } }
}
