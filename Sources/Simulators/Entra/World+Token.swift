import BridgeCore
import BridgeCrypto

extension World {
    /// `/{tenant}/oauth2/v2.0/token`.
    ///
    /// - Throws: the refusal, told in the body.
    mutating func token(
        _ request: SimulatedRequest, at path: AuthorityPath, fault: Fault.Effect?, _ context: EntraContext
    ) throws(EntraError) -> IssuedTokens {
        let request = try TokenRequest(request, at: path)
        let type = try request.required("grant_type")
        if case .entra(let number) = fault, let error = EntraError(number, at: .token) { throw error }
        let isDevice = ["urn:ietf:params:oauth:grant-type:device_code", "device_code"].contains(type)
        guard isDevice || ["authorization_code", "refresh_token", "client_credentials"].contains(type) else {
            throw EntraError(
                70_003, "unsupported_grant_type", "The app requested an unsupported grant type '\(type)'.")
        }
        let client = try population.client(request.form["client_id"] ?? request.basicClient, at: path)
        try authenticate(client, request, mayBePublic: type != "client_credentials", context)
        if request.hasOrigin {
            throw EntraError(
                9_002_326, "invalid_request",
                "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.")
        }
        var tokens: IssuedTokens
        switch type {
        case "client_credentials": tokens = try clientCredentials(client, request, context)
        case "authorization_code": tokens = try redeemCode(client, request, context)
        case "refresh_token": tokens = try refresh(client, request, context)
        default: tokens = try redeemDevice(client, request, context)
        }
        if case .token(let defect) = fault { tokens.defect = defect }
        return tokens
    }

    private mutating func authenticate(
        _ client: Client, _ request: TokenRequest, mayBePublic: Bool, _ context: EntraContext
    ) throws(EntraError) {
        let segment = request.path.segment
        let authentication = ClientAuthentication(
            client: client, form: request.form, authorization: request.authorization,
            audiences: [context.address.token(segment), context.address.issuer(segment)], now: context.now)
        guard let id = try authentication.check(mayBePublic: mayBePublic) else { return }
        guard entra.assertions.value(for: id) == nil else {
            throw .badAssertion(50_027, "JWT token is invalid or malformed: the jti was used before.")
        }
        entra.assertions.insert(context.now, for: id)
    }

    private mutating func clientCredentials(
        _ client: Client, _ request: TokenRequest, _ context: EntraContext
    ) throws(EntraError) -> IssuedTokens {
        guard let tenant = request.path.tenant, tenant != .personal else {
            if request.path == .organizations {
                throw EntraError(
                    50_059, "invalid_request",
                    "No tenant-identifying information found in either the request or implied by any provided "
                        + "credentials.")
            }
            throw EntraError(
                9_001_023, "invalid_request",
                "The grant type is not supported over the /common or /consumers endpoints. Please use the "
                    + "/organizations or tenant-specific endpoint.")
        }
        let text = try request.required("scope")
        let scope = try ScopeRequest(text)
        guard scope.openID.isEmpty, scope.resources.count == 1, let resource = scope.resources.first,
            resource.permissions == [".default"]
        else { throw .invalidScope(text) }
        try ResourceDirectory(population: population, sites: context.sites).check(resource, in: tenant)
        return try issue(for: client, in: tenant, person: nil, audience: resource.identifier, context)
    }

    /// A new access token, which counts from now on.
    mutating func issue(
        for client: Client, in tenant: Tenant, person: Person?, audience: String, _ context: EntraContext
    ) throws(EntraError) -> IssuedTokens {
        let token = try context.make(.accessToken)
        let expiresIn = 3599 + context.number(below: 1800)
        entra.accessTokens.insert(
            AccessGrant(
                tenant: tenant.id, client: client.id, person: person?.objectID, audience: audience,
                expires: context.now.adding(seconds: Int64(expiresIn))),
            for: token.key)
        return IssuedTokens(accessToken: token.text, expiresIn: expiresIn)
    }
}

extension TokenRequest {
    /// The client that HTTP Basic names, where the form names none.
    var basicClient: String? {
        guard let words = authorization?.split(separator: " ", maxSplits: 1), words.count == 2,
            let bytes = Base64.decode(words[1].utf8)
        else { return nil }
        let id = String(decoding: bytes, as: UTF8.self).split(separator: ":", maxSplits: 1).first
        return id.flatMap { PercentText.decode($0, isForm: true) }
    }
}
