internal import AuthService
internal import BridgeCore

/// `cobrowse-sso audit follow`.
enum AuditFollowCommand {
    private static let after = FlagSpec.option(
        "--after", "N", "entries after this number, also those that are there already")
    private static let pageSize = 500
    /// How long a new entry may stay unseen, in milliseconds.
    private static let interval: Int32 = 500

    static var spec: CommandSpec {
        CommandSpec(
            ["audit", "follow"], summary: "Print entries of the audit trail as they come",
            discussion: """
                Looks twice a second whether something was added, until it is interrupted or nobody reads its output \
                any more. Begins with the next entry; --since and --after begin earlier. Whoever collects the lines \
                elsewhere goes on behind the last one with --after.
                """,
            flags: AuditFilters.common + [after] + FlagSpec.store,
            examples: ["audit follow --license trial12345", "audit follow --after 1200 --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let begin = try arguments.integer(of: after, in: 0...Int(Int64.max - 1)).map(Int64.init)
        let session = try StoreSession.open(arguments, context)
        defer { session.close() }
        let query = try AuditFilters.query(arguments, session)
        let showsBacklog = begin != nil || query.since != nil
        let trail = AuditTail(session: session, query: query, pageSize: pageSize)
        var last = try showsBacklog ? begin ?? 0 : trail.lastSequence()
        var seen: UInt64?
        while true {
            // Asked before the entries are read: what comes in between is found once more, and not missed.
            let changes = try session.run { store async throws(StoreError) in try await store.outsideChanges() }
            if changes != seen {
                seen = changes
                try trail.read(after: &last) { records throws(CommandFailure) in
                    try context.output.stream(records, asJSON: context.wantsJSON)
                    try context.output.flush()
                }
            }
            guard !StandardDescriptors.readerWentAway(within: interval) else {
                throw CommandFailure(.internal, "standard output was closed", exitStatus: .readerWentAway)
            }
        }
    }
}

/// The end of the audit trail, where entries are added.
private struct AuditTail {
    let session: StoreSession
    let query: AuditQuery
    let pageSize: Int

    /// The number of the last entry; 0 where there is none.
    func lastSequence() throws(CommandFailure) -> Int64 {
        try session.run { store async throws(StoreError) in
            try await store.audit(AuditQuery(), after: nil, order: .newestFirst, limit: 1).first?.sequence ?? 0
        }
    }

    /// Hands over what is asked for among the entries beyond `last`, and moves `last` to the end.
    func read(
        after last: inout Int64, _ show: ([AuditRecord]) throws(CommandFailure) -> Void
    ) throws(CommandFailure) {
        while true {
            let (begin, limit) = (last, pageSize)
            let page = try session.run { store async throws(StoreError) in
                try await store.auditRecords(after: begin, limit: limit)
            }
            try show(page.filter { query.matches($0.index) })
            last = page.last?.sequence ?? last
            if page.count < pageSize { return }
        }
    }
}
