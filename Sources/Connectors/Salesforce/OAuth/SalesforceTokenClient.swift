package import BridgeCore
internal import BridgeCrypto
package import HTTPMessage
internal import Synchronization

/// Salesforce's token endpoint: sessions of integration users, kept for a short time.
///
/// What Salesforce refuses is never asked for again by itself; only a failing server is, once.
package final class SalesforceTokenClient: SalesforceTokens {
    private let endpoint: TokenEndpoint
    private let clock: any WallClock
    /// Which hosts sessions may be for, as of the moment.
    private let hosts: @Sendable () -> SalesforceHosts
    private let cache = Mutex(SalesforceSessionCache())
    private let requests = SharedWork<Request, SalesforceSession, ConnectorError>()

    /// A request for a session; one from before something was forgotten is another than one from after.
    private struct Request: Hashable {
        let key: SalesforceSessionCache.Key
        let mark: SalesforceSessionCache.Mark
    }

    package init(
        sender: any HTTPSender, clock: any WallClock, hosts: @escaping @Sendable () -> SalesforceHosts
    ) {
        endpoint = TokenEndpoint(sender: sender, clock: clock)
        self.clock = clock
        self.hosts = hosts
    }

    package func session(
        of application: SalesforceApplication
    ) async throws(ConnectorError) -> SalesforceSession {
        let key = try SalesforceSessionCache.Key(application)
        let now = clock.now
        let (kept, mark) = cache.withLock { ($0.session(for: key, now: now), $0.mark) }
        if let kept, hosts().allows(kept.instance) { return kept }
        return try await requests.join(Request(key: key, mark: mark)) { () async throws(ConnectorError) in
            let session = try await newSession(of: application)
            cache.withLock { $0.keep(session, for: key, since: mark, now: now) }
            return session
        }
    }

    package func newSession(
        of application: SalesforceApplication
    ) async throws(ConnectorError) -> SalesforceSession {
        guard let grant = application.grant else { throw .nobodyReads }
        let request = try request(grant, application)
        let granted = try await endpoint.grant(request) {
            SalesforceErrors.explain($0, at: grant.isAssertion ? .assertion : .clientCredentials)
        }
        return try SalesforceSession(granted, from: application.login, hosts: hosts())
    }

    package func forget(clientID: String, at login: SalesforceLogin) {
        cache.withLock { $0.forget(clientID: clientID, at: login) }
    }
}

extension SalesforceTokenClient {
    /// How long an assertion counts, in seconds: Salesforce takes none that ends more than three minutes ahead, and clocks
    /// differ ("OAuth 2.0 JWT Bearer Flow", Salesforce Help).
    private static let assertionLifetime: Int64 = 120

    private func request(
        _ grant: SalesforceApplication.Grant, _ application: SalesforceApplication
    ) throws(ConnectorError) -> TokenRequest {
        let url = application.login.tokenURL
        switch grant {
        case .assertion(let key, let username):
            var request = TokenRequest(at: url, grantType: "urn:ietf:params:oauth:grant-type:jwt-bearer")
            request.set("assertion", try assertion(by: key, of: username, application))
            return request
        case .clientCredentials(let secret):
            var request = TokenRequest(at: url, grantType: "client_credentials")
            request.set("client_id", application.clientID)
            request.set("client_secret", secret)
            return request
        }
    }

    private func assertion(
        by key: RSAPrivateKey, of username: String, _ application: SalesforceApplication
    ) throws(ConnectorError) -> Secret {
        do throws(CryptoError) {
            let claims = AssertionClaims(
                issuer: application.clientID, subject: username, audience: application.login.audience, id: nil,
                issuedAt: clock.now, lifetime: Self.assertionLifetime)
            return try AssertionSigner(key).sign(claims)
        } catch {
            throw ConnectorError(error)
        }
    }
}

extension SalesforceApplication.Grant {
    fileprivate var isAssertion: Bool {
        if case .assertion = self { true } else { false }
    }
}

extension ConnectorError {
    /// A connection whose agents' own tokens read the org.
    fileprivate static var nobodyReads: ConnectorError {
        ConnectorError(
            .connectionMissing, "the connection has no integration user, as whom the bridge could read the org",
            hint: "save it with an integration username, and the private key or the secret of the app",
            fixedBy: .tenantAdministrator)
    }
}

extension SalesforceSessionCache.Key {
    /// The place of an application's session.
    ///
    /// - Throws: `internal` when OpenSSL fails.
    package init(_ application: SalesforceApplication) throws(ConnectorError) {
        do throws(CryptoError) {
            credential =
                switch application.grant {
                case .assertion(let key, _): Array(key.publicKey.thumbprint.utf8)
                case .clientCredentials(let secret): try SHA256Digest(of: Array(secret.text.utf8)).bytes
                case nil: []
                }
        } catch {
            throw ConnectorError(error)
        }
        login = application.login
        clientID = application.clientID
        username = application.integrationUsername ?? ""
    }
}
