internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso rules preview`.
enum RulesPreviewCommand {
    private static let file = ArgumentSpec(
        "FILE", "tenant document, or {\"rules\":[...]}", kind: .inputFile)
    private static let pageSize = 500

    static var spec: CommandSpec {
        CommandSpec(
            ["rules", "preview"], summary: "Show who would gain and lose by other rules",
            discussion: """
                Compares the rules in FILE with those of the tenant, for everybody who has an account, from the facts \
                of the last login that are stored. Nothing is changed. People whose facts are not stored are counted \
                as unknown: their next login will tell.
                """,
            arguments: [file], flags: [.license, .now] + FlagSpec.store,
            examples: ["rules preview acme.json --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let now = try arguments.now()
        let input = context.input(try arguments.required(file))
        guard let rules = try RuleProposalFile.read(input, for: license).rules else {
            throw CommandFailure(
                .configurationInvalid, "\(input.name): rules: is missing", exitStatus: .unreadableInput)
        }
        let session = try StoreSession.open(arguments, context)
        defer { session.close() }
        let tenant = try session.run { store async throws(StoreError) in try await store.existingTenant(license) }
        var preview = RulePreview(
            from: tenant.settings.rules, to: rules, of: license, addresses: session.configuration.addresses, now: now)
        var report = PreviewReport(context)
        var last: EmailAddress?
        repeat {
            let after = last
            let page = try session.run { store async throws(StoreError) in
                try await store.latestDecisions(of: license, after: after, limit: pageSize)
            }
            for (account, decision) in page {
                if let change = preview.add(account, facts: facts(of: decision)) { try report.add(change) }
            }
            last = page.count == pageSize ? page.last?.account.email : nil
        } while last != nil
        try report.finish(preview.counts)
        return .success
    }

    /// What is stored and cannot be read is not known.
    private static func facts(of decision: StoredDecision?) -> LoginFacts? {
        (try? decision?.facts()) ?? nil
    }
}

/// Writes changes as they come, so that memory does not grow with the tenant.
private struct PreviewReport {
    private let context: CommandContext
    private var isFirst = true

    init(_ context: CommandContext) {
        self.context = context
    }

    mutating func add(_ change: RulePreview.Change) throws(CommandFailure) {
        var writer = JSONWriter()
        if context.wantsJSON {
            change.write(to: &writer)
            try context.output.stream(Array((isFirst ? "{\"changes\":[" : ",").utf8) + writer.bytes)
        } else {
            let line = "\(change.email): \(change.before) -> \(change.after)"
            try context.output.stream(Array("\(Printable.line(line))\n".utf8))
        }
        isFirst = false
    }

    func finish(_ counts: RulePreview.Counts) throws(CommandFailure) {
        guard context.wantsJSON else { return summarize(counts) }
        var writer = JSONWriter()
        counts.write(to: &writer)
        let start = isFirst ? "{\"changes\":[" : ""
        try context.output.stream(Array("\(start)],\"counts\":\(writer.text)}\n".utf8))
    }

    private func summarize(_ counts: RulePreview.Counts) {
        if !isFirst { context.output.print("") }
        var list = FieldList()
        list.add("accounts", "\(counts.accounts)")
        list.add("gain access", "\(counts.gains)")
        list.add("lose access", "\(counts.losses)")
        list.add("become administrator", "\(counts.newAdministrators)")
        list.add("become agent", "\(counts.newAgents)")
        list.add("administrators then", "\(counts.administrators)")
        list.add("unknown", "\(counts.unknown)")
        list.add("disabled", "\(counts.disabled)")
        context.output.fields(list)
        if counts.accounts > counts.disabled + counts.unknown, counts.administrators == 0 {
            context.messages.warning("with these rules nobody who is known would be an administrator")
        }
    }
}
