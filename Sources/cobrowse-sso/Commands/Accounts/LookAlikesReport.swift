internal import AuthService
internal import BridgeCore

/// What `account list --look-alikes` shows.
struct LookAlikesReport {
    private let groups: [[Account]]

    /// Reads all accounts of a tenant, twice, page by page.
    init(of license: License, in store: any Store) async throws(StoreError) {
        groups = try await LookAlikes.groups { last async throws(StoreError) in
            try await store.accounts(of: license, after: last?.email, limit: 500)
        }
    }

    /// `{"items":[{"accounts":[...]}]}`, or a table with the number of its group in front of each account.
    func show(_ context: CommandContext) {
        guard !context.wantsJSON else {
            context.output.items(groups) { accounts, writer in
                writer.name("accounts")
                writer.array { writer in
                    for account in accounts { writer.object { account.writeMembers(to: &$0) } }
                }
            }
            return
        }
        var table = TextTable("GROUP", "EMAIL", "NAME", "ROLE", "STATUS", "LAST LOGIN", "ID")
        for (index, accounts) in groups.enumerated() {
            for account in accounts {
                table.add(
                    String(index + 1), account.email.value, account.displayName, account.role.rawValue,
                    account.status.rawValue, account.lastLoginAt.description, account.id)
            }
        }
        context.output.table(table)
    }
}
