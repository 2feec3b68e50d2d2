internal import AuthService
internal import BridgeCore
internal import BridgeCrypto

/// `cobrowse-sso token sign`.
enum TokenSignCommand {
    private static let key = FlagSpec.option(
        "--key", "FILE", "private key that signs, PEM or DER", kind: .inputFile, required: true)
    private static let email = FlagSpec.option("--email", "E", "e-mail address of the agent", required: true)
    private static let name = FlagSpec.option("--name", "N", "name to show to customers")
    private static let claims = FlagSpec.option(
        "--claims", "FILE", "JSON object with further claims, such as salesforce", kind: .inputFile)
    private static let expires = FlagSpec.option("--expires", "TIME", "life of the token, up to 24h", default: "15m")
    private static let keyID = FlagSpec.option("--kid", "K", "key id to write into the header", default: "none")

    static var spec: CommandSpec {
        CommandSpec(
            ["token", "sign"], summary: "Sign a token that lets an agent into Cobrowse",
            discussion: "Prints the token and nothing else. Whoever has it can sign in as that agent until it expires.",
            flags: [key, .license, email, name, .role, .policy, claims, expires, keyID, .passwordFile, .now],
            examples: [
                "token sign --key key.pem --license L --email ann@example.com",
                "token sign --key - --license L --email a@b.example --role agent",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let claims = try agentClaims(arguments, context)
        let key = try PrivateKeyFile.read(
            try arguments.required(key), passwordFile: arguments.value(of: .passwordFile), context)
        let token = try reporting { () throws(CryptoError) in
            try TokenSigner(key, keyID: arguments.value(of: keyID)).sign(claims)
        }
        try check(token, at: claims.issuedAt)
        guard context.wantsJSON else {
            context.output.print(token)
            return .success
        }
        context.output.json { writer in
            writer.object { writer in
                writer.member("token", token)
                writer.member("expiresAt", claims.expiresAt.description)
            }
        }
        return .success
    }

    /// What every verifier would refuse is not handed out: claims of a wrong type, a token that is too long or whose
    /// time has not come.
    private static func check(_ token: String, at now: Timestamp) throws(CommandFailure) {
        do throws(TokenRefusal) {
            try UnverifiedToken(token).checkTimes(now: now)
        } catch {
            let correction = "correct the file given with --claims or --policy"
            throw CommandFailure(
                error.code, "the token would be refused: \(error.detail)",
                hint: error.code == .tokenNotYetValid ? correction : error.hint ?? correction,
                exitStatus: .unreadableInput)
        }
    }
}

extension TokenSignCommand {
    private static func agentClaims(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> AgentClaims {
        let license = try arguments.license()
        let address = try arguments.required(email)
        guard EmailAddress(address) != nil else {
            throw .usage("--email cannot be \(Printable.quoted(address))", hint: "write it like ann@example.com")
        }
        let now = try arguments.now()
        let seconds = try arguments.duration(of: expires, in: 1...86_400, standard: 15 * 60)
        return AgentClaims(
            license: license.value, email: address, displayName: arguments.value(of: name),
            role: try arguments.roleClaim(), policy: try policyClaim(arguments, context), issuedAt: now,
            expiresAt: now.adding(seconds: seconds), additional: try additional(arguments, context))
    }

    private static func policyClaim(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> JSONValue? {
        guard let path = arguments.value(of: .policy) else { return nil }
        return .object(try JSONFile.object(context.input(path)))
    }

    private static func additional(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> [JSONMember] {
        guard let path = arguments.value(of: claims) else { return [] }
        let members = try JSONFile.object(context.input(path))
        guard let taken = members.first(where: { AgentClaims.reservedNames.contains($0.name) }) else { return members }
        throw CommandFailure(
            .configurationInvalid, "\(path): the claim \(taken.name) is written by the command itself",
            hint: "remove it from the file\(flag(for: taken.name).map { " and use \($0)" } ?? "")",
            exitStatus: .unreadableInput)
    }

    /// The flag that decides a claim.
    private static func flag(for claim: String) -> String? {
        let flags = [
            "iss": FlagSpec.license, "sub": email, "exp": expires, "displayName": name, "role": .role,
            "policy": .policy,
        ]
        return flags[claim]?.name
    }
}
