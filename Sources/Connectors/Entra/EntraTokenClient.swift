package import BridgeCore
package import BridgeCrypto
package import HTTPMessage
internal import Synchronization

/// Entra's token endpoint: tokens of applications, kept until shortly before they end, and tokens of people.
///
/// What Entra refuses is never asked for again by itself; only a failing server is, once.
package final class EntraTokenClient: Sendable {
    let endpoint: TokenEndpoint
    let clock: any WallClock
    let random: any RandomSource
    private let cache = Mutex(ApplicationTokenCache())
    private let requests = SharedWork<Request, AccessToken, ConnectorError>()

    /// A request for a token; one from before something was forgotten is another than one from after.
    private struct Request: Hashable {
        let key: ApplicationTokenCache.Key
        let mark: ApplicationTokenCache.Mark
    }

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
        let key = try ApplicationTokenCache.Key(application, resource)
        let (token, mark) = cache.withLock { ($0.token(for: key, now: clock.now), $0.mark) }
        if let token { return token }
        return try await requests.join(Request(key: key, mark: mark)) { () async throws(ConnectorError) in
            let token = try await newToken(for: resource, of: application)
            cache.withLock { $0.keep(token, for: key, since: mark) }
            return token
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
        cache.withLock { $0.forget(clientID: clientID, tenantID: tenantID) }
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

extension ApplicationTokenCache.Key {
    /// The place of an application's token.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package init(_ application: EntraApplication, _ resource: TokenResource) throws(ConnectorError) {
        do throws(CryptoError) {
            credential = try application.credential.fingerprint
        } catch {
            throw ConnectorError(error)
        }
        authority = application.authority
        tenant = application.tenant
        clientID = application.clientID
        self.resource = resource
    }
}

extension ClientCredential {
    /// Tells two credentials apart without holding them.
    fileprivate var fingerprint: [UInt8] {
        get throws(CryptoError) {
            switch self {
            case .secret(let secret): try SHA256Digest(of: Array(secret.text.utf8)).bytes
            case .certificate(let certificate): try SHA256Digest(of: certificate.certificate.der).bytes
            }
        }
    }
}
