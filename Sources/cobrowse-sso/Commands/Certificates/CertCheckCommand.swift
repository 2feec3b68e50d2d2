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
                or that the tenant trusts no key; all keys are listed in any case. A bare public key has no end.
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
        let keys = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            _ = try await store.existingTenant(license)
            return try await store.keys(of: license)
        }
        let checked = keys.map { Checked(key: $0, now: now, limit: now.adding(seconds: seconds)) }
        show(checked, now: now, context)
        if keys.isEmpty { context.messages.warning("the tenant \(license) trusts no key, so nobody can sign in") }
        return checked.isEmpty || checked.contains { $0.state != .valid } ? .answerIsNo : .success
    }

    private static func show(_ checked: [Checked], now: Timestamp, _ context: CommandContext) {
        guard !context.wantsJSON else {
            return context.output.items(checked) { item, writer in
                item.key.writeMembers(to: &writer)
                writer.name("daysLeft")
                if let days = item.key.daysLeft(at: now) { writer.integer(days) } else { writer.null() }
                writer.member("state", item.state.rawValue)
            }
        }
        var table = TextTable("KEY ID", "ALIAS", "NOT AFTER", "DAYS LEFT", "STATE")
        for item in checked {
            table.add(
                item.key.id, item.key.alias, item.key.notAfter?.description,
                item.key.daysLeft(at: now).map(String.init), item.state.rawValue)
        }
        context.output.table(table)
    }
}

/// A trusted key and how its times compare with the one asked about.
private struct Checked {
    enum State: String {
        case valid, expiring, expired, notYetValid
    }

    let key: TrustedKey
    let state: State

    init(key: TrustedKey, now: Timestamp, limit: Timestamp) {
        self.key = key
        if let end = key.notAfter, end < now {
            state = .expired
        } else if let start = key.notBefore, start > now {
            state = .notYetValid
        } else if let end = key.notAfter, end <= limit {
            state = .expiring
        } else {
            state = .valid
        }
    }
}
