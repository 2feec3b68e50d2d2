internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso token verify`.
enum TokenVerifyCommand {
    private static let token = ArgumentSpec(
        "TOKEN", "the token; - reads one token a line from standard input, and answers one verdict a line")
    private static let license = FlagSpec.option("--license", "L", "tenant whose trusted keys count")

    static var spec: CommandSpec {
        CommandSpec(
            ["token", "verify"], summary: "Tell whether a token is genuine and valid now",
            discussion: """
                The verdict is "valid", or a reason code and what is wrong; exit code 1 says that a token was refused.

                With a file its keys count, and iss may be any license. With --license the keys the tenant trusts \
                and those of the bridge count, and iss has to be that license; without any of the flags the tenant \
                is the one that iss names.
                """,
            arguments: [token],
            flags: VerificationKeyFile.all + [license, .now] + FlagSpec.store,
            choices: [
                .one(
                    of: VerificationKeyFile.certificate, VerificationKeyFile.key, VerificationKeyFile.set, license)
            ],
            examples: [
                "token verify eyJhbGciOi... --cert CobrowseIO.crt",
                "token verify - --license trial12345 --json",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let word = try arguments.required(token)
        if word == "-", let flag = VerificationKeyFile.all.first(where: { arguments.value(of: $0) == "-" }) {
            throw .standardInputTwice(token.name, flag.name)
        }
        let clock = try VerificationClock(arguments)
        let judge = try TokenJudge(keys: try keys(arguments, context, now: clock.now))
        defer { judge.close() }
        if word == "-" { return try TokenBatch(judge: judge, clock: clock, context: context).run() }
        let now = clock.now
        let verdict = try judge.judge(Array(word.utf8).span, now: now)
        if case .valid(let token) = verdict, let warning = try judge.warning(about: token, now: now) {
            context.messages.warning(warning)
        }
        return try answer(verdict, context)
    }

    private static func keys(
        _ arguments: ParsedArguments, _ context: CommandContext, now: Timestamp
    ) throws(CommandFailure) -> VerificationKeys {
        if let keys = try VerificationKeyFile.keys(arguments, context, now: now) { return .fixed(keys) }
        let license = try arguments.value(of: license).map { text throws(CommandFailure) in
            try License(checking: text, from: "--license")
        }
        return .tenants(try TenantKeys(StoreSession.open(arguments, context), license: license))
    }

    private static func answer(_ verdict: TokenVerdict, _ context: CommandContext) throws(CommandFailure) -> ExitStatus
    {
        if context.wantsJSON {
            context.output.json { verdict.write(to: &$0) }
            return verdict.isValid ? .success : .answerIsNo
        }
        if case .refused(let failure) = verdict { throw failure }
        context.output.print("valid")
        return .success
    }
}

/// The time tokens are judged at: one that was given, or always that of the machine.
struct VerificationClock: Sendable {
    private let fixed: Timestamp?

    init(_ arguments: ParsedArguments) throws(CommandFailure) {
        fixed = arguments.has(.now) ? try arguments.now() : nil
    }

    var now: Timestamp { fixed ?? SystemClock().now }
}
