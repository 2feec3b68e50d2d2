internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso admin token list`.
enum AdminTokenListCommand {
    private static let license = FlagSpec.option("--license", "L", "those bound to this tenant alone")

    static var spec: CommandSpec {
        CommandSpec(
            ["admin", "token", "list"], summary: "List the API tokens, without the tokens themselves",
            discussion: "Expired ones are listed until they are revoked. The last use is exact to an hour.",
            flags: [license] + FlagSpec.store,
            examples: ["admin token list", "admin token list --license trial12345 --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.value(of: license).map { text throws(CommandFailure) in
            try License(checking: text, from: Self.license.name)
        }
        let tokens = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            if let license { _ = try await store.existingTenant(license) }
            return try await allPages { last, limit async throws(StoreError) in
                try await store.apiTokens(of: license, after: last?.id, limit: limit)
            }
        }
        let now = SystemClock().now
        guard !context.wantsJSON else {
            context.output.items(tokens) { token, writer in
                writer.apiTokenMembers(token)
                writer.member("state", state(of: token, at: now))
            }
            return .success
        }
        var table = TextTable("ID", "SCOPE", "LICENSE", "EXPIRES", "STATE", "LAST USED")
        for token in tokens {
            table.add(
                token.id, token.grant.scope.rawValue, token.grant.license?.value, token.expiresAt.description,
                state(of: token, at: now), token.lastUsedAt?.description)
        }
        context.output.table(table)
        return .success
    }

    private static func state(of token: APIToken, at now: Timestamp) -> String {
        token.isExpired(at: now) ? "expired" : "valid"
    }
}
