internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso embed-url`.
enum EmbedURLCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["embed-url"], summary: "Print the URL of a Cobrowse page to embed, with a token for an agent",
            discussion: """
                The token is signed by the bridge's current key, with the checks of POST /api/1/tokens, and stands in the \
                audit trail. Whoever has the URL can sign in as that agent until the token expires; with --token-source \
                postMessage the URL holds no token, which is printed on a line of its own.

                A record is {"type":"Case","fields":{"ContactEmail":"ann@example.com"}}. The tenant's recordMapping says \
                which fields the devices are filtered by; a record without a value there is refused, and so is one \
                whose type is not mapped. Without --record all devices are listed.

                With --dry-run nothing is signed, and the URL has no token; what would be refused is refused.
                """,
            flags: [.license, EmbedFlags.email, EmbedFlags.page, EmbedFlags.record, EmbedFlags.name, .role, .policy]
                + [EmbedFlags.expires, EmbedFlags.tokenSource] + EmbedFlags.parameters.map(\.flag) + [.dryRun]
                + SigningKeySession.flags,
            examples: [
                "embed-url --license trial12345 --email ann@example.com",
                "embed-url --license trial12345 --email ann@example.com --page connect --record case.json",
                "embed-url --license L --email a@b.example --navigation none --end-action code --language de",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let request = try EmbedFlags.request(arguments, context)
        let token = try EmbedFlags.token(arguments, context)
        if let warning = request.warning {
            context.messages.warning(warning, hint: "name the customer: \(EmbedFlags.record.usage)")
        }
        try SigningKeySession.run(arguments, context) { session throws(CommandFailure) in
            let tenant = try session.tenant(token.license)
            let origin = session.configuration.cobrowse
            let url = try reporting { () throws(RecordRefusal) in try request.url(at: origin, for: tenant.settings) }
            guard !arguments.has(.dryRun) else {
                try session.check(token)
                return show(url, context)
            }
            show(Embed(url, try session.mint(token)), for: token.email, context)
        }
        return .success
    }

    private static func show(_ url: EmbedURL, _ context: CommandContext) {
        guard context.wantsJSON else { return context.output.print(url.text(token: nil)) }
        context.output.json { writer in
            writer.object { writer in
                writer.member("url", url.text(token: nil))
                writer.member("dryRun", true)
            }
        }
    }

    private static func show(_ embed: Embed, for email: EmailAddress, _ context: CommandContext) {
        let what = embed.separateToken == nil ? "this URL" : "this token"
        context.messages.warning(
            "whoever has \(what) can sign in as \(email) until \(embed.minted.expiresAt)",
            hint: embed.separateToken == nil ? "--token-source postMessage keeps the token out of the URL" : nil)
        guard context.wantsJSON else {
            context.output.print(embed.text)
            if let token = embed.separateToken { context.output.print(token) }
            return
        }
        context.output.json { writer in
            writer.object { writer in
                writer.embedMembers(embed)
                writer.member("dryRun", false)
            }
        }
    }
}
