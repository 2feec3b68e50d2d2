package import BridgeCore
internal import BridgeCrypto
internal import HTTPMessage

/// An app registration as the bridge uses it: whose people, which client, and how the client proves itself.
package struct EntraApplication: Sendable {
    /// Where the tenant's cloud signs people and applications in.
    package let authority: EntraAuthority
    package let tenant: EntraTenant
    /// The application (client) id.
    package let clientID: GUID
    package let credential: ClientCredential

    package init(authority: EntraAuthority, tenant: EntraTenant, clientID: GUID, credential: ClientCredential) {
        self.authority = authority
        self.tenant = tenant
        self.clientID = clientID
        self.credential = credential
    }

    /// The registration in its own tenant, by the directory (tenant) id.
    package init(authority: EntraAuthority, tenantID: GUID, clientID: GUID, credential: ClientCredential) {
        self.init(authority: authority, tenant: .id(tenantID), clientID: clientID, credential: credential)
    }
}

extension EntraApplication {
    /// How long an assertion counts, in seconds: Entra advises five to ten minutes.
    private static let assertionLifetime: Int64 = 300

    /// Adds client id and secret, or an assertion for this endpoint (Certificate credentials, Microsoft Learn).
    ///
    /// - Throws: `internal`.
    func authenticate(
        _ request: inout TokenRequest, random: any RandomSource, now: Timestamp
    ) throws(ConnectorError) {
        request.set("client_id", clientID.value)
        switch credential {
        case .secret(let secret): request.set("client_secret", secret)
        case .certificate(let certificate):
            let assertion = try assertion(by: certificate, random: random, now: now)
            request.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            request.set("client_assertion", assertion)
        }
    }

    private func assertion(
        by certificate: ClientCertificate, random: any RandomSource, now: Timestamp
    ) throws(ConnectorError) -> Secret {
        do throws(CryptoError) {
            let claims = AssertionClaims(
                issuer: clientID.value, subject: clientID.value, audience: authority.tokenURL(tenant).text,
                id: try random.token(), issuedAt: now, lifetime: Self.assertionLifetime)
            return try AssertionSigner(certificate).sign(claims)
        } catch {
            throw ConnectorError(error)
        }
    }
}

extension ConnectorError {
    /// What OpenSSL could not do.
    init(_ error: CryptoError) {
        self.init(error.code, error.detail, hint: error.hint, fixedBy: .bridgeOperator)
    }
}
