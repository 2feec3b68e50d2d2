internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso key list`.
enum KeyListCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["key", "list"], summary: "List the bridge's own signing keys: next, current, previous",
            discussion: """
                The current key signs, current and previous are accepted, all three are in /.well-known/jwks.json. \
                With --json each has its public key as PEM.
                """,
            flags: SigningKeySession.flags, examples: ["key list", "key list --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let list = try SigningKeySession.run(arguments, context) { session throws(CommandFailure) in
            try session.list(try session.keys())
        }
        guard !context.wantsJSON else {
            context.output.items(list.items) { item, writer in writer.signingKeyMembers(item) }
            return .success
        }
        var table = TextTable("KEY ID", "STATE", "SINCE", "LONGEST TOKEN", "ALLOWED")
        for item in list.items {
            let key = item.key
            table.add(
                key.id, key.state.rawValue, key.stateSince.description, DurationText.text(key.longestToken),
                item.allowed)
        }
        context.output.table(table)
        return .success
    }
}

extension SigningKeyList.Item {
    /// What may be done with the key from when on.
    fileprivate var allowed: String? {
        guard let allowedFrom else { return nil }
        return "\(key.state == .next ? "promote" : "retire") from \(allowedFrom)"
    }
}
