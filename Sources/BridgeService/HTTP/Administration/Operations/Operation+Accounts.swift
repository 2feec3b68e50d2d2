internal import AuthService
internal import BridgeCore
internal import HTTPMessage

extension Operation {
    private static let path = PathTemplate("/api/1/tenants/{license}/accounts")
    private static let one = PathTemplate("/api/1/tenants/{license}/accounts/{id}")

    /// The people of a tenant.
    static let accounts = [
        Operation(
            spec: OperationSpec(
                id: "listAccounts", method: .get, path: path, summary: "List the people of a tenant", need: .tenant,
                query: QueryParameter.paging + [
                    QueryParameter(name: "email", schema: .formatted("email"), summary: "The account of this address.")
                ],
                answers: [.list("Accounts in order of their address", "Account")], problems: [.init(.notFound)]),
            run: list),
        Operation(
            spec: OperationSpec(
                id: "getAccount", method: .get, path: one, summary: "One account", need: .tenant,
                answers: [.value("The account", .named("Account"))], problems: [.init(.notFound)])
        ) { call in
            let account = try await account(of: call)
            return .object { account.writeMembers(to: &$0) }
        },
        Operation(
            spec: OperationSpec(
                id: "changeAccount", method: .patch, path: one,
                summary: "Disable, enable, promote or demote a person, or take the address from a disabled account",
                need: .tenant, body: .json(.named("AccountPatch")),
                answers: [.value("The account as it is now", .named("Account"))],
                problems: [.init(.configurationInvalid), .init(.conflict), .init(.notFound)])
        ) { call in
            let patch = try AccountPatch(call.content.value)
            let license = try await call.knownLicense()
            // The last administrator is taken by name and on the machine itself, where somebody says --yes.
            let change = try await call.store.change(
                call.parameters["id"] ?? "", of: license, patch, allowsLastAdministrator: false, audit: call.stamp)
            call.directory.apply(change)
            return .object { change.after.writeMembers(to: &$0) }
        },
    ]

    private static func list(_ call: AdministrationCall) async throws -> AdministrationAnswer {
        let limit = try call.query.limit()
        let last = try call.position("listAccounts").map { text throws(RequestRefusal) in
            guard let email = EmailAddress(text) else { throw ListCursor.malformed }
            return email
        }
        let email = try call.query.email()
        let license = try await call.knownLicense()
        let accounts: [Account]
        if let email {
            accounts = try await call.store.account(email, of: license).map { [$0] } ?? []
        } else {
            accounts = try await call.store.accounts(of: license, after: last, limit: limit + 1)
        }
        return ListPage("listAccounts", accounts, limit: limit, position: \.email.value)
            .answer { account, writer in writer.object { account.writeMembers(to: &$0) } }
    }

    private static func account(of call: AdministrationCall) async throws(StoreError) -> Account {
        let license = try await call.knownLicense()
        guard let account = try await call.store.account(id: call.parameters["id"] ?? "", of: license) else {
            throw StoreError(.notFound, "the tenant \(license) has no account with this id")
        }
        return account
    }
}
