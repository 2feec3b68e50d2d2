internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso admin token revoke`.
enum AdminTokenRevokeCommand {
    private static let argument = ArgumentSpec("ID", "id of the token, as admin token list shows it")

    static var spec: CommandSpec {
        CommandSpec(
            ["admin", "token", "revoke"], summary: "Make an API token worthless",
            discussion: "The next request that shows it is refused. It cannot be brought back.",
            arguments: [argument], flags: FlagSpec.store + [.dryRun],
            examples: ["admin token revoke tok_01984c9e2f7b3c6e0d5a4f1b2e8c9d70"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let id = try arguments.required(argument)
        guard !id.hasPrefix(APITokenText.prefix) else {
            throw .usage(
                "ID cannot be a token itself",
                hint: "name the id that admin token list shows; a token on a command line has been seen by others")
        }
        let isDryRun = arguments.has(.dryRun)
        let token = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            let token = try await existingToken(id, in: store)
            if isDryRun { return token }
            return try await store.removeAPIToken(id: id, audit: AuditStamp(.commandLine, at: SystemClock().now))
        }
        if context.wantsJSON {
            context.output.json { writer in
                writer.object { writer in
                    writer.apiTokenMembers(token)
                    writer.member("dryRun", isDryRun)
                }
            }
        } else {
            context.output.print("\(isDryRun ? "would revoke" : "revoked") \(token.id)")
        }
        return .success
    }

    private static func existingToken(
        _ id: String, in store: any APITokenStore
    ) async throws(StoreError) -> APIToken {
        let tokens = try await allPages { last, limit async throws(StoreError) in
            try await store.apiTokens(of: nil, after: last?.id, limit: limit)
        }
        if let token = tokens.first(where: { $0.id == id }) { return token }
        let nearest = Suggestion.nearest(to: id, among: tokens.map(\.id))
        throw StoreError(
            .notFound, "there is no API token with this id",
            hint: nearest.map { "did you mean \($0)?" } ?? "cobrowse-sso admin token list shows them")
    }
}
