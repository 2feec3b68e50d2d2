import BridgeCore
import HTTPMessage

/// A request that an environment takes: who asks, and what the environment is at that moment.
struct DataverseAdmission: Sendable {
    let service: DataverseService
    let caller: Caller
    /// How many more requests the caller has in the window of the limits.
    let remaining: Int
}

extension World {
    /// Lets a request in to the Web API of the environment `name`.
    ///
    /// - Throws: the refusal; a 401 where the token is none for the environment.
    mutating func admit(
        _ request: SimulatedRequest, to name: String, _ context: EntraContext
    ) throws(DataverseError) -> DataverseAdmission {
        guard let environment = population.environment(named: name), request.path.hasPrefix("/api/data/v9.") else {
            throw DataversePath.nowhere
        }
        guard let grant = grant(of: request, for: .dataverse(name), context) else { throw .unauthorized }
        let caller = try Caller(grant, in: environment, of: population.tenant(named: environment.tenant))
        let remaining = try protection.begin(caller.user.id, at: context.now)
        let service = DataverseService(environment, population: population, origin: context.sites[.dataverse(name)])
        return DataverseAdmission(service: service, caller: caller, remaining: remaining)
    }

    /// The grant of the request's token, where it is one for `site`.
    ///
    /// The audience is the URL of the site without a slash at its end, byte for byte.
    mutating func grant(of request: SimulatedRequest, for site: Site, _ context: EntraContext) -> AccessGrant? {
        guard let token = request.bearerToken, let grant = entra.grant(ofAccessToken: token, now: context.now),
            grant.audience == context.sites[site]
        else { return nil }
        return grant
    }

    /// What is said of an error: a 401 has no body, a version that is not served is answered with a page.
    func answer(_ error: DataverseError, for site: Site, _ context: EntraContext) -> HTTPResponse {
        if error == DataversePath.nowhere { return .foreignPage(.notFound, "404 - File or directory not found.") }
        guard error == .unauthorized else { return error.answer }
        var tenant: Tenant?
        if case .dataverse(let name) = site {
            tenant = population.environment(named: name).flatMap { population.tenant(named: $0.tenant) }
        }
        return Self.unauthorized(tenant, at: site, context)
    }

    /// 401, with the tenant and the API in `WWW-Authenticate`.
    static func unauthorized(_ tenant: Tenant?, at site: Site, _ context: EntraContext) -> HTTPResponse {
        let authority = "\(context.address.origin)/\(tenant?.id.value ?? "common")/oauth2/authorize"
        let challenge = "Bearer authorization_uri=\(authority), resource_id=\(context.sites[site])"
        return HTTPResponse(
            .unauthorized, fields: [HTTPField(.wwwAuthenticate, HTTPFieldValue(replacingIllegalIn: challenge))])
    }
}
