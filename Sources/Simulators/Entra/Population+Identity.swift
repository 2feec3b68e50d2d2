import BridgeCore

extension Population {
    /// Who the person of that name is in the tenant that `path` leads to.
    ///
    /// A tenant's own address shows guests as that tenant knows them; the addresses of all lead everybody home.
    /// - Throws: AADSTS50034 for nobody, 50020 for somebody the tenant does not know, and what the population says that
    ///   a person's sign-in ends in. All of these are shown on Entra's page.
    func identity(_ name: String, at path: AuthorityPath, of client: Client) throws(EntraError) -> SignedInPerson {
        guard let named = person(name) else {
            throw EntraError(
                50_034, "access_denied",
                "The user account \(name) does not exist in the directory. To sign into this application, the account "
                    + "must be added to the directory.")
        }
        guard let entry = entry(of: named, at: path, of: client), let tenant = tenant(named: entry.tenant) else {
            let provider = tenant(named: named.tenant)?.domain ?? named.tenant
            throw EntraError(
                50_020, "access_denied",
                "User account '\(named.userPrincipalName)' from identity provider '\(provider)' does not exist in "
                    + "tenant '\(path.tenant?.displayName ?? "Microsoft Services")' and cannot access the application "
                    + "'\(client.id)'(\(client.name)) in that tenant. The account needs to be added as an external "
                    + "user in the tenant first.")
        }
        if let number = entry.signInFailure {
            throw EntraError(number, at: .callback) ?? .invalid("Sign-in fails with AADSTS\(number).")
        }
        return SignedInPerson(person: entry, tenant: tenant)
    }

    /// The entry of the person, or of the guest she or he is, in the directory that the path leads to.
    private func entry(of person: Person, at path: AuthorityPath, of client: Client) -> Person? {
        let home = person.home.flatMap { self.person($0) } ?? person
        let isPersonal = home.tenant == Tenant.personal.name
        switch path {
        case .tenant(let tenant):
            if home.tenant == tenant.name { return home }
            return people.first { $0.home == home.name && $0.tenant == tenant.name }
        case .organizations: return isPersonal ? nil : home
        case .common: return isPersonal && client.audience != .personal ? nil : home
        case .consumers: return isPersonal ? home : nil
        }
    }
}
