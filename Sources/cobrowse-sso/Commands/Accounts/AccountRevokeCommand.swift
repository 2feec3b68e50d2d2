internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso account revoke`.
enum AccountRevokeCommand {
    static var spec: CommandSpec {
        CommandSpec(
            ["account", "revoke"], summary: "Take back the tokens a person has",
            discussion: """
                A running service notices within a second; the person can sign in again and gets a new token. To keep \
                somebody out, use account disable. An address without an account can be named as well: its tokens are \
                refused by the address.
                """,
            arguments: [.account], flags: [.license, .issuedBefore] + FlagSpec.store + [.dryRun],
            examples: ["account revoke ann@example.com --license trial12345"], run: run)
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let name = try arguments.required(.account)
        let license = try arguments.license()
        let isDryRun = arguments.has(.dryRun)
        let now = SystemClock().now
        let time = try arguments.issuedBefore(now: now)
        let revocation = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            let revocation = try await named(name, license, before: time, in: store)
            if isDryRun { return revocation }
            return try await store.revoke(revocation, of: license, audit: AuditStamp(.commandLine, at: now))
        }
        if revocation.kind == .email {
            context.messages.warning(
                "no account of \(license) has the address \(revocation.value): tokens are revoked by the address",
                hint: "cobrowse-sso account list --license \(license) shows the accounts there are")
        }
        if context.wantsJSON {
            context.output.json { writer in
                writer.object { writer in
                    revocation.writeMembers(to: &writer)
                    writer.member("dryRun", isDryRun)
                }
            }
        } else {
            context.output.print(
                "\(isDryRun ? "would revoke" : "revoked") the tokens of \(Printable.line(name)) that were issued before "
                    + revocation.issuedBefore.description)
        }
        return .success
    }

    /// By the id, which stays when the address changes; by the address where there is no account yet.
    private static func named(
        _ name: String, _ license: License, before time: Timestamp, in store: any Store
    ) async throws(StoreError) -> Revocation {
        if let account = try await store.account(named: name, of: license) {
            return Revocation(.account, account.id, issuedBefore: time)
        }
        if let email = EmailAddress(name) { return Revocation(.email, email.value, issuedBefore: time) }
        return Revocation(
            .account, try await store.existingAccount(named: name, of: license).id, issuedBefore: time)
    }
}
