internal import BridgeCore
internal import BridgeCrypto

/// `cobrowse-sso token inspect`.
enum TokenInspectCommand {
    private static let token = ArgumentSpec("TOKEN", "the token; - reads it from standard input")

    static var spec: CommandSpec {
        CommandSpec(
            ["token", "inspect"], summary: "Decode a token without verifying it",
            discussion: """
                Shows whatever can be decoded, also of tokens that are refused. Nothing in it is proven: anybody can \
                write such a token. token verify tells whether one is genuine.
                """,
            arguments: [token], examples: ["token inspect eyJhbGciOi...", "token inspect - --json"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let inspected = try InspectedToken(try read(arguments, context))
        if context.wantsJSON {
            context.output.json { inspected.write(to: &$0) }
        } else {
            for line in inspected.lines { context.output.print(line) }
        }
        return .success
    }

    /// The token without the white space around it.
    private static func read(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) -> [UInt8]
    {
        let word = try arguments.required(token)
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        let input = context.input("-", malformed: .tokenMalformed)
        let bytes = word == "-" ? try input.bytes(limit: 1 << 16) : Array(word.utf8)
        return Array(bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
