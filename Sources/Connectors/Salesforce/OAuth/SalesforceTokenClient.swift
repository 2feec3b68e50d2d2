package import BridgeCore
internal import BridgeCrypto
package import HTTPMessage

/// Salesforce's token endpoint: sessions of integration users, kept for a short time.
///
/// What Salesforce refuses is never asked for again by itself; only a failing server is, once.
package final class SalesforceTokenClient: SalesforceTokens {
    private let endpoint: TokenEndpoint
    private let clock: any WallClock
    /// Which hosts sessions may be for, as of the moment.
    private let hosts: @Sendable () -> SalesforceHosts
    private let kept: KeptTokens<SalesforceSessionKey, SalesforceSession>

    /// How long a session is handed out, in seconds. Salesforce does not say how long one lasts; the shortest that an
    /// administrator can choose is 15 minutes without use ("Session Settings", Salesforce Help).
    private static let lifetime: Int64 = 600

    package init(
        sender: any HTTPSender, clock: any WallClock, hosts: @escaping @Sendable () -> SalesforceHosts
    ) {
        endpoint = TokenEndpoint(sender: sender, clock: clock)
        self.clock = clock
        self.hosts = hosts
        // A time that lies ahead, since a clock was set back, is not fresh.
        kept = KeptTokens { session, askedAt, now in
            askedAt <= now && now < askedAt.adding(seconds: Self.lifetime) && hosts().allows(session.instance)
        }
    }

    package func session(
        of application: SalesforceApplication
    ) async throws(ConnectorError) -> SalesforceSession {
        try await kept.token(for: try SalesforceSessionKey(application), now: clock.now) {
            () async throws(ConnectorError) in try await newSession(of: application)
        }
    }

    package func newSession(
        of application: SalesforceApplication
    ) async throws(ConnectorError) -> SalesforceSession {
        guard let grant = application.grant else { throw .nobodyReads }
        return try SalesforceSession(
            try await granted(by: grant, application), from: application.login, hosts: hosts())
    }

    package func forget(clientID: String, at login: SalesforceLogin) {
        kept.forget { $0.clientID == clientID && $0.login == login }
    }
}

extension SalesforceTokenClient {
    /// How long an assertion counts, in seconds: Salesforce takes none that ends more than three minutes ahead, and clocks
    /// differ ("OAuth 2.0 JWT Bearer Flow", Salesforce Help).
    private static let assertionLifetime: Int64 = 120

    private func granted(
        by grant: SalesforceApplication.Grant, _ application: SalesforceApplication
    ) async throws(ConnectorError) -> TokenGrant {
        switch grant {
        case .assertion(let key, let username): try await granted(by: key, as: username, application)
        case .clientCredentials(let secret): try await granted(by: secret, application)
        }
    }

    private func granted(
        by secret: Secret, _ application: SalesforceApplication
    ) async throws(ConnectorError) -> TokenGrant {
        var request = TokenRequest(at: application.login.tokenURL, grantType: "client_credentials")
        request.set("client_id", application.clientID)
        request.set("client_secret", secret)
        return try await endpoint.grant(request) { SalesforceErrors.explain($0, at: .clientCredentials) }
    }

    /// Where an assertion was meant for another login than the org's people have, and for no other reason, it is meant for
    /// the next one.
    private func granted(
        by key: RSAPrivateKey, as username: String, _ application: SalesforceApplication
    ) async throws(ConnectorError) -> TokenGrant {
        func answer(_ audience: String) async throws(ConnectorError) -> TokenAnswer {
            var request = TokenRequest(
                at: application.login.tokenURL, grantType: "urn:ietf:params:oauth:grant-type:jwt-bearer")
            request.set("assertion", try assertion(by: key, of: username, for: audience, application))
            return try await endpoint.answer(request)
        }
        let login = application.login
        var last = try await answer(login.audience)
        for audience in login.otherAudiences {
            guard case .refused(let refusal) = last, SalesforceErrors.isAboutAudience(refusal) else { break }
            last = try await answer(audience)
        }
        switch last {
        case .granted(let grant): return grant
        case .refused(let refusal):
            let error = SalesforceErrors.explain(refusal, at: .assertion)
            throw SalesforceErrors.isAboutAudience(refusal) ? error.meant(for: login) : error
        }
    }

    private func assertion(
        by key: RSAPrivateKey, of username: String, for audience: String, _ application: SalesforceApplication
    ) throws(ConnectorError) -> Secret {
        do throws(CryptoError) {
            let claims = AssertionClaims(
                issuer: application.clientID, subject: username, audience: audience, id: nil,
                issuedAt: clock.now, lifetime: Self.assertionLifetime)
            return try AssertionSigner(key).sign(claims)
        } catch {
            throw ConnectorError(error)
        }
    }
}

extension ConnectorError {
    /// The same with what was tried.
    fileprivate func meant(for login: SalesforceLogin) -> ConnectorError {
        let audiences = [login.audience] + login.otherAudiences
        return ConnectorError(
            code, "\(detail); it was meant for \(audiences.joined(separator: ", then for "))", ownDetail: ownDetail,
            hint: login.otherAudiences.isEmpty
                ? hint : "compare the login URL with Setup > My Domain of the org that has the app",
            fixedBy: fixedBy, vendorCode: vendorCode)
    }

    /// A connection whose agents' own tokens read the org.
    fileprivate static var nobodyReads: ConnectorError {
        ConnectorError(
            .connectionMissing, "the connection has no integration user, as whom the bridge could read the org",
            hint: "save it with an integration username, and the private key or the secret of the app",
            fixedBy: .tenantAdministrator)
    }
}
