internal import AuthService
internal import BridgeCore

extension ArgumentSpec {
    /// A person of a tenant.
    static let account = ArgumentSpec("EMAIL|ID", "e-mail address, or id as account list shows it")
}

extension Store {
    /// The account that an argument names by address or id; `nil` where there is none.
    func account(named name: String, of license: License) async throws(StoreError) -> Account? {
        _ = try await existingTenant(license)
        if let email = EmailAddress(name), let account = try await account(email, of: license) { return account }
        return try await account(id: name, of: license)
    }

    /// The account that an argument names; `not_found` where there is none.
    func existingAccount(named name: String, of license: License) async throws(StoreError) -> Account {
        if let account = try await account(named: name, of: license) { return account }
        throw StoreError(
            .notFound, "the tenant \(license) has no account with this address or id",
            hint: "accounts are made by the first login; cobrowse-sso account list --license \(license) shows them")
    }
}
