/// Which APIs a tenant has, by the identifiers that scopes begin with.
struct ResourceDirectory {
    let population: Population
    let sites: SiteMap

    /// Checks that `tenant` has the API of `resource`, and that its permissions exist.
    ///
    /// An environment belongs to one tenant. An identifier with a slash at its end is known, too, and is another audience.
    /// - Throws: AADSTS500011, AADSTS70011.
    func check(_ resource: ScopeRequest.Resource, in tenant: Tenant) throws(EntraError) {
        guard has(resource.identifier, in: tenant) else {
            throw .unknownResource(resource.identifier, in: tenant.displayName)
        }
        guard resource.identifier != ScopeRequest.graph else { return }
        for permission in resource.permissions where !["user_impersonation", ".default"].contains(permission) {
            throw .invalidScope("\(resource.identifier)/\(permission)")
        }
    }

    private func has(_ identifier: String, in tenant: Tenant) -> Bool {
        let origin = identifier.hasSuffix("/") ? String(identifier.dropLast()) : identifier
        if origin == ScopeRequest.graph || origin == sites[.discovery] { return true }
        return population.environments.contains { $0.tenant == tenant.name && sites[.dataverse($0.name)] == origin }
    }
}
