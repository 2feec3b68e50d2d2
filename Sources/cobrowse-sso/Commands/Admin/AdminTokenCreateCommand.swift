internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso admin token create`.
enum AdminTokenCreateCommand {
    private static let scope = FlagSpec.option(
        "--scope", "S", "what it is for: mint and admin need --license",
        kind: .oneOf(APIScope.allCases.map(\.rawValue)),
        required: true)
    private static let license = FlagSpec.option("--license", "L", "the only tenant it is good for")
    private static let expires = FlagSpec.option("--expires", "TIME", "life of the token, up to 365d", default: "90d")

    static var spec: CommandSpec {
        CommandSpec(
            ["admin", "token", "create"], summary: "Make an API token",
            discussion: """
                mint is for minting Cobrowse tokens for the people of one tenant, admin for administering one tenant, \
                superuser for administering all of them and the bridge itself.

                The token is printed now and never again: the store keeps its SHA-256 only.
                """,
            flags: [scope, license, expires] + FlagSpec.store + [.dryRun],
            examples: [
                "admin token create --scope admin --license trial12345",
                "admin token create --scope superuser --expires 7d --json",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let grant = try grant(arguments)
        let life = try arguments.duration(of: expires, in: APIToken.lives, standard: APIToken.standardLife)
        let now = SystemClock().now
        let minted = try reporting { () throws(StoreError) in try MintedAPIToken(grant, life: life, now: now) }
        let isDryRun = arguments.has(.dryRun)
        try StoreSession.run(arguments, context) { store async throws(StoreError) in
            if let license = grant.license { _ = try await store.existingTenant(license) }
            if !isDryRun { try await store.insert(minted.token, audit: AuditStamp(.commandLine, at: now)) }
        }
        if isDryRun {
            showTrial(minted.token, context)
        } else {
            show(minted, context)
        }
        return .success
    }

    private static func grant(_ arguments: ParsedArguments) throws(CommandFailure) -> APIGrant {
        let name = try arguments.required(scope)
        let license = try arguments.value(of: license).map { text throws(CommandFailure) in
            try License(checking: text, from: Self.license.name)
        }
        guard let scope = APIScope(rawValue: name), let grant = APIGrant(scope, license: license) else {
            throw license == nil
                ? .usage("the scope \(name) needs --license", hint: "name the one tenant the token is good for")
                : .usage("the scope \(name) takes no --license", hint: "leave it out, or choose the scope admin")
        }
        return grant
    }

    private static func show(_ minted: MintedAPIToken, _ context: CommandContext) {
        let text = minted.text.withBytes { bytes in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
        guard !context.wantsJSON else {
            return context.output.json { writer in
                writer.object { writer in
                    writer.apiTokenMembers(minted.token)
                    writer.member("token", text)
                    writer.member("dryRun", false)
                }
            }
        }
        var list = FieldList()
        list.add("id", minted.token.id)
        list.add("scope", minted.token.grant.scope.rawValue)
        list.add("license", minted.token.grant.license?.value)
        list.add("expiresAt", minted.token.expiresAt.description)
        list.add("token", text)
        context.output.fields(list)
    }

    /// The id and the token of a trial are worth nothing, so neither is shown.
    private static func showTrial(_ token: APIToken, _ context: CommandContext) {
        let (scope, license) = (token.grant.scope.rawValue, token.grant.license?.value)
        guard !context.wantsJSON else {
            return context.output.json { writer in
                writer.object { writer in
                    writer.member("scope", scope)
                    writer.member("license", license)
                    writer.member("expiresAt", token.expiresAt.description)
                    writer.member("dryRun", true)
                }
            }
        }
        let bound = license.map { " for \($0)" } ?? ""
        context.output.print("would create an API token of scope \(scope)\(bound) until \(token.expiresAt)")
    }
}
