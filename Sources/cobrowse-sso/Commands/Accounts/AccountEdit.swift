internal import AuthService
internal import BridgeCore
internal import BridgeService

/// Changes an account by name, for the commands that do.
struct AccountEdit: Sendable {
    let patch: AccountPatch
    /// What the command does to an account, in the infinitive.
    let verb: String
    /// What it did.
    let done: String
    /// What the account is afterwards.
    let state: String

    /// An edit after which the account is what was done to it.
    static func status(_ patch: AccountPatch, verb: String, done: String) -> AccountEdit {
        AccountEdit(patch: patch, verb: verb, done: done, state: done)
    }

    /// An edit that gives the account another role.
    static func role(_ role: Role) -> AccountEdit {
        AccountEdit(
            patch: AccountPatch(role: role), verb: "make", done: "made",
            state: role == .administrator ? "an administrator" : "an agent")
    }

    /// Changes the account that the command line names, or says what would change.
    func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandFailure) -> ExitStatus {
        let name = try arguments.required(.account)
        let license = try arguments.license()
        let (isDryRun, isMeant) = (arguments.has(.dryRun), arguments.has(.yes))
        let stamp = AuditStamp(.commandLine, at: SystemClock().now)
        let change = try StoreSession.run(arguments, context) { store async throws(StoreError) in
            let account = try await store.existingAccount(named: name, of: license)
            if isDryRun { return try await preview(account, isMeant: isMeant, in: store, stamp) }
            return try await store.change(
                account.id, of: license, patch, allowsLastAdministrator: isMeant, audit: stamp)
        }
        if context.wantsJSON {
            context.output.json { writer in
                writer.object { writer in
                    change.after.writeMembers(to: &writer)
                    writer.member("changed", change.changesAnything)
                    writer.member("dryRun", isDryRun)
                }
            }
        } else {
            context.output.print(text(of: change, isDryRun: isDryRun))
        }
        return .success
    }

    /// What the store would do, and refuse.
    private func preview(
        _ account: Account, isMeant: Bool, in store: any Store, _ stamp: AuditStamp
    ) async throws(StoreError) -> AccountChange {
        let change = try AccountChange(account, patch, stamp)
        guard change.takesAdministrator, !isMeant else { return change }
        guard try await store.hasAdministrator(of: account.license, besides: account.id) else {
            throw change.lastAdministratorRefusal
        }
        return change
    }

    private func text(of change: AccountChange, isDryRun: Bool) -> String {
        let name = Printable.line(change.before.email.value)
        guard change.changesAnything else {
            return "\(name) is \(state) already, nothing \(isDryRun ? "would change" : "changed")"
        }
        let object = state == done ? name : "\(name) \(state)"
        let revoked = change.revocations.isEmpty ? "" : " and revoke\(isDryRun ? "" : "d") its tokens"
        let free =
            change.before.email == change.after.email ? "" : "; the address is free, the account is \(change.after.id)"
        return (isDryRun ? "would \(verb)" : done) + " \(object)\(revoked)\(free)"
    }
}
