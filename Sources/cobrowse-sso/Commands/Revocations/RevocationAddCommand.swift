internal import AuthService
internal import BridgeCore
internal import BridgeCrypto
internal import BridgeService

/// `cobrowse-sso revocation add`.
enum RevocationAddCommand {
    private static let token = FlagSpec.option("--token", "T", "this token (- reads it)")
    private static let all = FlagSpec.toggle("--all", "every token of the tenant")
    /// What names tokens by a text, with the kind of revocation that does.
    private static let names: [(flag: FlagSpec, kind: Revocation.Kind)] = [
        (.option("--token-id", "JTI", "the token with this jti"), .tokenID),
        (.option("--digest", "HEX", "the token with this SHA-256"), .tokenDigest),
        (.option("--key-id", "ID", "what this key signed, as cert list shows it"), .keyID),
    ]

    static var spec: CommandSpec {
        let choices = [token] + names.map(\.flag) + [all]
        return CommandSpec(
            ["revocation", "add"], summary: "Take back tokens before they expire",
            discussion: """
                Names one token, what a key signed, or everything; a person's tokens are taken back by account revoke. \
                Refused is what was issued before the time; what is issued from then on is good. A running service \
                notices within a second.
                """,
            flags: [.license] + choices + [.issuedBefore] + FlagSpec.store + [.dryRun],
            choices: [FlagChoice(flags: choices, isRequired: true)],
            examples: [
                "revocation add --license trial12345 --token -", "revocation add --license trial12345 --all --json",
            ], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try arguments.license()
        let isDryRun = arguments.has(.dryRun)
        let now = SystemClock().now
        let name = try name(license, arguments, context)
        let revocation = Revocation(name.kind, name.value, issuedBefore: try arguments.issuedBefore(now: now))
        let stored = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            _ = try await store.existingTenant(license)
            if isDryRun { return revocation }
            return try await store.revoke(revocation, of: license, audit: AuditStamp(.commandLine, at: now))
        }
        if context.wantsJSON {
            context.output.json { writer in
                writer.object { writer in
                    stored.writeMembers(to: &writer)
                    writer.member("dryRun", isDryRun)
                }
            }
        } else {
            context.output.print("\(isDryRun ? "would revoke" : "revoked") \(stored.words)")
        }
        return .success
    }

    private static func name(
        _ license: License, _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> Revocation.Name {
        if let word = arguments.value(of: token) {
            return Revocation.Name(.tokenDigest, try digest(of: try context.compactToken(word), for: license))
        }
        for (flag, kind) in names {
            guard let text = arguments.value(of: flag) else { continue }
            do throws(DocumentError) {
                return Revocation.Name(kind, try kind.value(of: text, at: flag.name))
            } catch {
                throw .usage(error.detail, hint: error.hint)
            }
        }
        guard arguments.has(all) else {
            throw .usage("nothing is named that could be revoked", hint: "name a token, or --all for every one")
        }
        return Revocation.Name(.all, "")
    }

    /// The digest of a token that the tenant could accept: to revoke another one would protect nobody.
    private static func digest(of compact: [UInt8], for license: License) throws(CommandFailure) -> String {
        let token = try reporting { () throws(TokenRefusal) in try UnverifiedToken(compact.span) }
        guard token.unverifiedIssuer == license.value else {
            throw CommandFailure(
                .issuerUnknown, "the token is for the tenant \(Printable.quoted(token.unverifiedIssuer))",
                hint: "name that one with --license")
        }
        return try reporting { () throws(CryptoError) in Hex.encode(try SHA256Digest(of: compact).bytes) }
    }
}

extension Revocation {
    /// `tokens of the key "...", issued before 2026-11-20T09:30:00Z`.
    fileprivate var words: String {
        let what =
            switch kind {
            case .account, .email: "tokens of \(Printable.line(value))"
            case .tokenID: "the token with the id \(Printable.quoted(value))"
            case .tokenDigest: "the token with the digest \(value)"
            case .keyID: "tokens of the key \(value)"
            case .all: "every token"
            }
        return "\(what), issued before \(issuedBefore)"
    }
}
