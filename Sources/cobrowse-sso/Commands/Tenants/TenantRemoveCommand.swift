internal import AuthService
internal import BridgeCore
internal import BridgeService

/// `cobrowse-sso tenant remove`.
enum TenantRemoveCommand {
    private static let argument = ArgumentSpec("L", "license key of the tenant")

    static var spec: CommandSpec {
        CommandSpec(
            ["tenant", "remove"], summary: "Remove a tenant with its keys, accounts and decisions",
            discussion: """
                Nobody of the tenant can sign in any more, at once. What the audit trail says of it stays. The \
                settings can be kept with tenant export; keys and accounts do not come back.
                """,
            arguments: [argument], flags: [.yes] + FlagSpec.store + [.dryRun],
            examples: ["tenant remove trial12345 --dry-run", "tenant remove trial12345 --yes"], run: run)
    }

    /// What goes with a tenant.
    private struct Contents: Sendable {
        let tenant: Tenant
        let keyCount: Int
        let accountCount: Int

        var words: String {
            let keys = keyCount == 1 ? "1 trusted key" : "\(keyCount) trusted keys"
            return "\(keys) and \(accountCount == 1 ? "1 account" : "\(accountCount) accounts")"
        }
    }

    private static func run(
        _ arguments: ParsedArguments, _ context: CommandContext
    ) throws(CommandFailure) -> ExitStatus {
        let license = try License(checking: try arguments.required(argument), from: "L")
        let isDryRun = arguments.has(.dryRun)
        let session = try StoreSession.open(arguments, context)
        defer { session.close() }
        let contents = try session.run { store async throws(StoreError) in try await look(at: license, in: store) }
        guard isDryRun || arguments.has(.yes) else {
            throw .usage(
                "removing tenant \(license) takes \(contents.words) with it", hint: "repeat with --yes to do it")
        }
        if !isDryRun {
            let entry = AuditEntry(
                "tenant.remove", by: .commandLine, at: SystemClock().now, license: license,
                before: TenantDocument(contents.tenant).value)
            let version = contents.tenant.version
            let failure = try session.run { store async throws(StoreError) in
                // What was shown, and no other one that somebody has put in its place meanwhile.
                try await store.remove(license, expectedVersion: version, audit: entry)
                return await remainsFailure(of: license, in: store)
            }
            if let failure {
                context.messages.warning(
                    "the tenant is gone, but not all of its rows are: \(failure.detail)",
                    hint: "the service removes them by and by, or whoever adds the tenant again")
            }
        }
        show(contents, isDryRun: isDryRun, context)
        return .success
    }

    /// Why rows are left that nobody can reach any more; `nil` where none are.
    private static func remainsFailure(of license: License, in store: any Store) async -> StoreError? {
        do throws(StoreError) {
            try await store.removeRemains(of: license)
            return nil
        } catch {
            return error
        }
    }

    /// Counts page by page: a tenant may have a million accounts.
    private static func look(at license: License, in store: any Store) async throws(StoreError) -> Contents {
        let tenant = try await store.existingTenant(license)
        let keyCount = try await store.keys(of: license).count
        var accountCount = 0
        var last: EmailAddress?
        while true {
            let page = try await store.accounts(of: license, after: last, limit: 500)
            accountCount += page.count
            guard page.count == 500, let end = page.last else { break }
            last = end.email
        }
        return Contents(tenant: tenant, keyCount: keyCount, accountCount: accountCount)
    }

    private static func show(_ contents: Contents, isDryRun: Bool, _ context: CommandContext) {
        let license = contents.tenant.license
        guard context.wantsJSON else {
            let verb = isDryRun ? "would remove" : "removed"
            return context.output.print("\(verb) tenant \(license) with \(contents.words)")
        }
        context.output.json { writer in
            writer.object { writer in
                writer.member("license", license.value)
                writer.member("keys", contents.keyCount)
                writer.member("accounts", contents.accountCount)
                writer.member("dryRun", isDryRun)
            }
        }
    }
}
