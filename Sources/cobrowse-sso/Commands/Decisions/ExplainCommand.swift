internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso explain`.
enum ExplainCommand {
    private static let token = FlagSpec.option(
        "--token", "T", "what a login with this token would come to now (- reads it)")
    private static let email = FlagSpec.option(
        "--email", "E", "what a login of this user of a connected Salesforce org would come to now")
    private static let connection = FlagSpec.option(
        "--connection", "NAME", "with --email, which connection to ask through; all where it is left out")
    private static let decision = FlagSpec.option("--decision", "ID", "a decision of the past, by its id")
    private static let facts = FlagSpec.option(
        "--facts", "FILE", "what a login of the person described there would come to now (- reads it)", kind: .inputFile
    )

    static var spec: CommandSpec {
        CommandSpec(
            ["explain"], summary: "Tell why a login was, or would be, allowed or denied",
            discussion: """
                Every login is decided by one function and kept with every check that was made, for 90 days. With \
                --token or --facts the same function decides once more, on what the store knows now, and nothing is \
                changed or kept. The file of --facts is a JSON object: email, and as in a token displayName, role and \
                salesforce; or dynamics.

                --email takes the address, or the Salesforce username, of any user of a connected org, also of one \
                who has never signed in: the connection's integration user asks the org. Where no org is connected, \
                or none knows the user, it is the newest decision about the address. Of several orgs that know the \
                user, --connection names one.

                The exit code is 0 whether the answer is yes or no: the question is why.
                """,
            flags: [.license, token, email, connection, decision, facts, .now] + [ConfigurationSources.file]
                + ConfigurationSources.store,
            choices: [.one(of: token, email, decision, facts, required: true)],
            examples: [
                "explain --license trial12345 --email ann@example.com",
                "explain --license L --facts person.json --json",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let question = try question(arguments, context)
        let connection = try connectionName(arguments)
        let now = try arguments.now()
        let session = try StoreSession.open(arguments, context)
        defer { session.close() }
        let keys = try TenantKeys(session, license: license)
        let tenant = try keys.tenant(of: license.value).get()
        if case .email(let email) = question,
            let answer = try SalesforceQuestion(email, through: connection, session, context).answer(tenant, now: now)
        {
            return try show(answer, context)
        }
        let document = try session.run { store async throws(StoreError) in
            try await answer(question, tenant, store, now: now)
        }
        return try show(document, context)
    }

    private static func show(_ document: String, _ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        if context.wantsJSON {
            context.output.print(document)
        } else {
            for line in try DecisionText(document).lines { context.output.print(line) }
        }
        return .success
    }

    private enum Question: Sendable {
        case token([UInt8])
        case facts(LoginFacts)
        case email(String)
        case decision(String)
    }

    private static func question(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Question {
        if let word = arguments.value(of: token) { return .token(try context.compactToken(word)) }
        if let text = arguments.value(of: email) { return .email(EmailAddress(text)?.value ?? text) }
        if let id = arguments.value(of: decision) { return .decision(id) }
        let file = context.input(try arguments.required(facts))
        let object = JSONValue.object(try JSONFile.object(file))
        return .facts(try reporting { () throws(DocumentError) in try LoginFacts(object, at: "") })
    }

    private static func connectionName(_ arguments: ParsedArguments) throws(CommandFailure) -> ConnectionName? {
        guard let text = arguments.value(of: connection) else { return nil }
        guard arguments.value(of: email) != nil else {
            throw .usage("--connection goes with --email", hint: "the others ask no org")
        }
        return try ConnectionSession.name(text)
    }

    private static func answer(
        _ question: Question, _ tenant: TenantState, _ store: any Store, now: Timestamp
    ) async throws(StoreError) -> String {
        let hypothesis = Hypothesis(store: store, tenant: tenant, now: now)
        switch question {
        case .token(let compact): return try await hypothesis.decision(of: compact).document
        case .facts(let facts): return try await hypothesis.decision(of: facts).document
        case .decision(let id):
            guard let decision = try await store.decision(id, of: tenant.license) else {
                throw StoreError(
                    .notFound, "the tenant \(tenant.license) has no decision \(Printable.quoted(id))",
                    hint: "decisions are kept for a while only (decisions__keep), and each belongs to one tenant")
            }
            return decision.document
        case .email(let email):
            let newest = try await store.decisions(of: tenant.license, email: email, before: nil, limit: 100)
            // Refused tokens may name anybody: a decision that somebody was believed in comes first.
            guard let decision = newest.first(where: { (try? $0.facts()) != nil }) ?? newest.first else {
                throw StoreError(
                    .notFound, "nothing was decided about \(Printable.quoted(email)) lately",
                    hint: "the address has to be the one in the token; --facts FILE asks what would be")
            }
            return decision.document
        }
    }
}
