internal import AuthService
internal import BridgeCore
internal import BridgeService

/// The flags that choose entries of the audit trail.
enum AuditFilters {
    static let since = FlagSpec.option(
        "--since", "TIME", "entries from then on: RFC 3339, or how long ago, as 24h or 7d")
    static let until = FlagSpec.option("--until", "TIME", "entries before then, in the same form")
    private static let license = FlagSpec.option("--license", "L", "entries about this tenant")
    private static let account = FlagSpec.option(
        "--account", "EMAIL|ID", "entries about this person; with --license by address and id alike")
    private static let actor = FlagSpec.option("--actor", "NAME", "entries of this actor, such as cli:root")
    private static let action = FlagSpec.option("--action", "A", "entries of this action, such as key.import")
    private static let code = FlagSpec.option("--code", "CODE", "refusals with this reason code")

    /// Those that every command with filters has.
    static let common = [since, license, account, actor, action, code]

    /// What the flags ask for; an account is looked up in the store of `session`.
    static func query(
        _ arguments: ParsedArguments, _ session: StoreSession
    ) throws(CommandFailure) -> AuditQuery {
        let now = SystemClock().now
        var query = AuditQuery()
        query.since = try time(arguments, since, now: now)
        if arguments.command.flags.contains(until) { query.until = try time(arguments, until, now: now) }
        query.actor = arguments.value(of: actor)
        query.action = arguments.value(of: action)
        query.code = try reasonCode(arguments)
        let license = try arguments.value(of: license).map { text throws(CommandFailure) in
            try License(checking: text, from: Self.license.name)
        }
        query.license = license
        if let name = arguments.value(of: account) {
            query.account = try session.run { store async throws(StoreError) in
                try await AuditQuery.AccountNames.find(name, of: license, in: store)
            }
        }
        return query
    }

    private static func time(
        _ arguments: ParsedArguments, _ flag: FlagSpec, now: Timestamp
    ) throws(CommandFailure) -> Timestamp? {
        guard let text = arguments.value(of: flag) else { return nil }
        if let seconds = DurationText.seconds(text) { return now.adding(seconds: -seconds) }
        if let time = Timestamp(rfc3339: text) { return time }
        throw .usage(
            "\(flag.name) cannot be \(Printable.quoted(text))",
            hint: "write it like 2026-11-20T09:30:00Z (RFC 3339), or like 24h for a day ago")
    }

    private static func reasonCode(_ arguments: ParsedArguments) throws(CommandFailure) -> ReasonCode? {
        guard let text = arguments.value(of: code) else { return nil }
        if let code = ReasonCode(rawValue: text) { return code }
        let nearest = Suggestion.nearest(to: text, among: ReasonCode.allCases.map(\.rawValue))
        throw .usage(
            "\(code.name) cannot be \(Printable.quoted(text))",
            hint: nearest.map { "did you mean \($0)?" } ?? "Docs/ReasonCodes.md lists all codes")
    }
}

extension Output {
    /// Adds entries to a stream: with `--json` their lines as they were hashed, else a line for people each.
    func stream(_ records: [AuditRecord], asJSON: Bool) throws(CommandFailure) {
        for record in records { try stream(((asJSON ? record.line : record.shownLine) + "\n").utf8) }
    }
}

extension AuditRecord {
    /// The number, time, actor and action of the entry, and what it is about where it has that.
    fileprivate var shownLine: String {
        let about = [("license", index.license), ("account", index.account), ("code", index.code)]
        let words = ["\(sequence)", index.time.description, index.actor, index.action]
        return Printable.line(
            (words + about.compactMap { name, value in value.map { "\(name)=\($0)" } }).joined(separator: "  "))
    }
}
