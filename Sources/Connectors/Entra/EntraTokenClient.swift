package import BridgeCore
package import BridgeCrypto
package import HTTPMessage

/// Entra's token endpoint: tokens of applications, kept until shortly before they end, and tokens of people.
///
/// What Entra refuses is never asked for again by itself; only a failing server is, once.
package final class EntraTokenClient: Sendable {
    let endpoint: TokenEndpoint
    let clock: any WallClock
    let random: any RandomSource
    private let kept = KeptTokens<ApplicationTokenKey, AccessToken> { token, _, now in
        token.expiresAt.map { now.adding(seconds: EntraTokenClient.margin) < $0 } ?? false
    }

    /// How long before its end a token is not handed out any more, in seconds: requests take time, clocks differ.
    private static let margin: Int64 = 300

    package init(sender: any HTTPSender, clock: any WallClock, random: any RandomSource = SystemRandomSource()) {
        endpoint = TokenEndpoint(sender: sender, clock: clock)
        self.clock = clock
        self.random = random
    }
}

extension EntraTokenClient: ApplicationTokens {
    package func token(
        for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> AccessToken {
        let key = try ApplicationTokenKey(application, resource)
        return try await kept.token(for: key, now: clock.now) { () async throws(ConnectorError) in
            try await newToken(for: resource, of: application)
        }
    }

    package func newToken(
        for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> AccessToken {
        var request = TokenRequest(
            at: application.authority.tokenURL(application.tenant), grantType: "client_credentials")
        request.set("scope", resource.defaultScope)
        try application.authenticate(&request, random: random, now: clock.now)
        return try await endpoint.grant(request) { EntraErrors.explain($0, at: .credentials) }.accessToken
    }

    package func forget(clientID: GUID, tenantID: GUID) {
        kept.forget { $0.clientID == clientID && $0.tenant == .id(tenantID) }
    }
}

extension EntraTokenClient {
    /// A token of a person for another resource than the one of the sign-in.
    ///
    /// - Parameters:
    ///   - refreshToken: of that person, bound to no resource; each answer brings a new one.
    ///   - application: the registration the person signed in to.
    /// - Throws: `code_invalid` where the sign-in has ended, `consent_required`, `environment_not_found`, ...
    package func token(
        refreshing refreshToken: Secret, for resource: TokenResource, of application: EntraApplication
    ) async throws(ConnectorError) -> TokenGrant {
        var request = TokenRequest(at: application.authority.tokenURL(application.tenant), grantType: "refresh_token")
        request.set("refresh_token", refreshToken)
        request.set("scope", "\(resource.delegatedScope) offline_access")
        try application.authenticate(&request, random: random, now: clock.now)
        return try await endpoint.grant(request) { EntraErrors.explain($0, at: .authorization) }
    }
}
