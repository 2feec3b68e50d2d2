internal import AuthService
internal import BridgeCore

/// Shows how far the replacement of a certificate is, and what comes next.
struct CertReplaceReport {
    private let result: CertReplaceResult
    private let isDryRun: Bool
    private let now: Timestamp

    init(_ result: CertReplaceResult, isDryRun: Bool, now: Timestamp) {
        self.result = result
        self.isDryRun = isDryRun
        self.now = now
    }

    func show(_ context: CommandContext) {
        guard !context.wantsJSON else { return context.output.json(write) }
        var table = TextTable("KEY ID", "ALIAS", "ROLE", "NOT AFTER", "LOGINS", "LAST LOGIN")
        add(result.replacement.new, role: "new", to: &table)
        for seen in result.replacement.old { add(seen, role: role(seen.key), to: &table) }
        context.output.table(table)
        context.output.print(Printable.line(next))
        if isDryRun { context.output.effects(result.effects) }
        if !result.retired.isEmpty, result.replacement.verdict != .silent {
            context.messages.warning("\(reason): whoever still signs with the old key is refused with key_retired")
        }
    }

    private func add(_ seen: KeyReplacement.Seen, role: String, to table: inout TextTable) {
        table.add(
            seen.key.id, seen.key.alias, role, seen.key.notAfter?.description, "\(seen.use?.logins ?? 0)",
            seen.use?.last.description)
    }

    private func role(_ key: TrustedKey) -> String {
        if result.retired.contains(where: { $0.id == key.id }) { return isDryRun ? "would retire" : "retired" }
        return key.retiredAt == nil ? "old" : "retired"
    }

    private func write(_ writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("new")
            write(result.replacement.new, role: "new", to: &writer)
            writer.name("old")
            writer.array { writer in
                for seen in result.replacement.old { write(seen, role: role(seen.key), to: &writer) }
            }
            writer.member("state", result.imported.outcome.rawValue)
            writer.member("finished", result.isFinished)
            writer.member("next", next)
            writer.member("dryRun", isDryRun)
        }
    }

    private func write(_ seen: KeyReplacement.Seen, role: String, to writer: inout JSONWriter) {
        writer.object { writer in
            seen.key.writeMembers(to: &writer)
            writer.member("role", role)
            writer.member("logins", seen.use?.logins ?? 0)
            writer.member("lastLoginAt", seen.use?.last.description)
            guard isDryRun else { return }
            let effect = result.effects.first { $0.key.id == seen.key.id }?.effect
            writer.members(effect ?? KeyChangeEffect.none)
        }
    }

    /// What there is to do.
    private var next: String {
        if !result.retired.isEmpty {
            let names = result.retired.map(\.shownName).joined(separator: ", ")
            return "\(isDryRun ? "would retire" : "retired") \(names)"
        }
        return switch result.replacement.verdict {
        case .nothingToRetire, .silent: "there is no other key to retire"
        case .newIsUnused: "\(reason): switch to it where tokens are signed, then run this again"
        case .newIsRecent(_, let until), .inUse(_, _, let until): "\(reason): run this again after \(until)"
        }
    }

    /// Why an old key stays.
    private var reason: String {
        switch result.replacement.verdict {
        case .nothingToRetire, .silent: "nothing is left to do"
        case .newIsUnused: "nobody has signed in with the new key yet"
        case .newIsRecent(let since, _): "the new key signs since \(since), which is too short to tell"
        case .inUse(let id, let last, _): "the old key \(id) signed a login at \(last)"
        }
    }
}
