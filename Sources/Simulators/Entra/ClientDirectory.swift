import BridgeCore

extension Population {
    /// The client `id` as the tenant of `path` knows it.
    ///
    /// - Throws: AADSTS700016 where it is unknown there, AADSTS7000112 where it is disabled, AADSTS50194 for one of a
    ///   single tenant at an address of all, AADSTS900144 without an id.
    func client(_ id: String?, at path: AuthorityPath) throws(EntraError) -> Client {
        guard let id else { throw .missing("client_id") }
        guard let client = client(id) else {
            throw .unknownClient(id, in: path.tenant?.displayName ?? path.segment)
        }
        if client.isDisabled {
            throw EntraError(7_000_112, "unauthorized_client", "Application '\(id)'(\(client.name)) is disabled.")
        }
        if let tenant = path.tenant {
            guard client.isKnown(in: tenant) else { throw .unknownClient(id, in: tenant.displayName) }
        } else if client.audience == .single {
            throw EntraError(
                50_194, "invalid_request",
                "Application '\(id)'(\(client.name)) is not configured as a multi-tenant application. Usage of the "
                    + "/common endpoint is not supported for such apps created after '10/15/2018'. Use a "
                    + "tenant-specific endpoint or configure the application to be multi-tenant.")
        }
        return client
    }
}

extension Client {
    /// Whether `tenant` has a service principal of it, or can get one by a consent.
    func isKnown(in tenant: Tenant) -> Bool {
        if tenant.name == Tenant.personal.name { return audience == .personal }
        return principals.contains(tenant.name)
    }
}
