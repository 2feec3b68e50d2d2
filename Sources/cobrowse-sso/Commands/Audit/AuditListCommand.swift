internal import AuthService
internal import BridgeCore

/// `cobrowse-sso audit list`.
enum AuditListCommand {
    private static let limit = FlagSpec.option(
        "--limit", "N", "how many entries, the latest of those asked for", default: "100")
    private static let all = FlagSpec.toggle("--all", "every entry asked for")
    private static let standardLimit = 100
    private static let pageSize = 500

    static var spec: CommandSpec {
        CommandSpec(
            ["audit", "list"], summary: "List who changed and decided what, oldest first",
            discussion: """
                A line is the number of the entry, its time, actor and action, and what it is about. With --json it \
                is the entry itself, with what was there before and after, as one line of JSON.
                """,
            flags: AuditFilters.common + [AuditFilters.until, limit, all] + FlagSpec.store,
            choices: [.one(of: limit, all)],
            examples: [
                "audit list --license trial12345 --since 24h",
                "audit list --actor cli:root --action key.remove --all --json",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let limit = try arguments.integer(of: limit, in: 1...10_000) ?? standardLimit
        let session = try StoreSession.open(arguments, context)
        defer { session.close() }
        let query = try AuditFilters.query(arguments, session)
        if arguments.has(all) {
            try streamAll(query, session, context)
        } else {
            try streamLatest(query, limit, session, context)
        }
        return .success
    }

    private static func streamAll(
        _ query: AuditQuery, _ session: StoreSession, _ context: CommandContext
    ) throws(CommandFailure) {
        var last: Int64?
        while true {
            let page = try session.run { [last] store async throws(StoreError) in
                try await store.audit(query, after: last, order: .oldestFirst, limit: pageSize)
            }
            try context.output.stream(page, asJSON: context.wantsJSON)
            guard page.count == pageSize else { return }
            last = page.last?.sequence
        }
    }

    private static func streamLatest(
        _ query: AuditQuery, _ limit: Int, _ session: StoreSession, _ context: CommandContext
    ) throws(CommandFailure) {
        let latest = try session.run { store async throws(StoreError) in
            try await store.audit(query, after: nil, order: .newestFirst, limit: limit + 1)
        }
        try context.output.stream(latest.prefix(limit).reversed(), asJSON: context.wantsJSON)
        if latest.count > limit {
            context.messages.warning(
                "older entries than the latest \(limit) are left out", hint: "--all lists them, --limit N more of them")
        }
    }
}
