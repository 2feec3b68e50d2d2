internal import AuthService
internal import BridgeCore
internal import BridgeService
internal import Connectors

/// `cobrowse-sso dynamics consent-url`.
enum DynamicsConsentURLCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["dynamics", "consent-url"], summary: "Print the URL under which an Entra administrator consents",
            discussion: """
                The URL is good once, within a week, for whoever opens it with an administrator's account of the Entra \
                tenant; that may be somebody else, who needs no access to the bridge. The consent comes back to the \
                service at public_url, which has to be running then. Until it came back and Entra gave a token, \
                dynamics show says that the consent is outstanding.
                """,
            flags: [.license, ConnectionSession.name] + ConnectionSession.flags,
            examples: [
                "dynamics consent-url --license trial12345",
                "dynamics consent-url --license trial12345 --connection emea --json",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let (id, link) = try ConnectionSession.run(.dynamics, arguments, context) { session throws(CommandFailure) in
            let id = try session.knownID(arguments)
            let now = SystemClock().now
            return (id, try session.ask { try await $0.consentLink(for: id, at: now) })
        }
        guard context.wantsJSON else {
            context.output.print(link.url)
            context.messages.note(
                "for the \(id): good until \(link.expiresAt), once; an administrator of the Entra tenant opens it")
            return .success
        }
        context.output.json { writer in writer.object { $0.consentLinkMembers(link) } }
        return .success
    }
}
