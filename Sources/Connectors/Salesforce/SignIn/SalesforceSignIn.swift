package import AuthService
package import BridgeCore
package import BridgeCrypto
package import HTTPMessage

/// Salesforce's part in a sign-in ("OAuth 2.0 Web Server Flow", Salesforce Help).
package struct SalesforceSignIn: OpenIDClient {
    private let application: SalesforceApplication
    private let organizationID: SalesforceID
    private let hosts: SalesforceHosts
    package let redirectURI: String
    package let scopes: [String]

    /// - Parameters:
    ///   - organizationID: the org whose people alone come in.
    ///   - hosts: where tokens may go.
    ///   - redirectURI: `public_url` and `/api/1/salesforce/auth/callback`, as it is registered.
    package init(
        application: SalesforceApplication, organizationID: SalesforceID, hosts: SalesforceHosts, redirectURI: String
    ) {
        self.application = application
        self.organizationID = organizationID
        self.hosts = hosts
        self.redirectURI = redirectURI
        // Where nobody else reads what the person may do, the person's own token has to.
        scopes = ["openid", "id"] + (application.grant == nil ? ["api", "custom_permissions"] : [])
    }

    package var clientID: String { application.clientID }
    package var authorizationURL: RequestURL { application.login.authorizationURL }
    package var tokenURL: RequestURL { application.login.tokenURL }
    /// Every login is an issuer of its own: that of production, that of sandboxes, and each My Domain.
    package var provider: ProviderLocation { ProviderLocation(issuer: application.login.origin) }

    /// An app may do without its secret; PKCE binds the code to this sign-in either way.
    package func authenticate(_ request: inout TokenRequest, now: Timestamp) throws(ConnectorError) {
        request.set("client_id", application.clientID)
        if let secret = application.secret { request.set("client_secret", secret) }
    }

    package func person(
        in token: VerifiedIDToken, granted grant: TokenGrant
    ) throws(ConnectorError) -> SalesforceSession {
        if let secret = application.secret { try grant.judgeSignature(by: secret) }
        let session = try SalesforceSession(grant, from: application.login, hosts: hosts)
        guard let subject = SalesforceIdentity(token.claims.subject, hosts: hosts) else {
            throw ConnectorError(
                .claimInvalid, "sub of the ID token is no identity URL of Salesforce's",
                hint: "check the login URL; a host of the operator's own has to be listed in salesforce__allowed_hosts",
                fixedBy: .bridgeOperator)
        }
        guard subject == session.identity else {
            throw ConnectorError(
                .claimInvalid, "the ID token and the answer of the token endpoint (id) speak of two people",
                hint: "start the sign-in again", fixedBy: .agent)
        }
        guard subject.organizationID == organizationID else { throw .organizationMismatch(subject, organizationID) }
        return session
    }

    package static func error(for refusal: OAuthRefusal) -> ConnectorError {
        SalesforceErrors.explain(refusal, at: .authorization)
    }
}

extension TokenGrant {
    /// Refuses an answer whose `signature` is not that of `id` and `issued_at` by the app's secret.
    ///
    /// One without a signature is judged by the ID token alone, which has to name the same person.
    /// - Throws: `signature_invalid`, `internal`.
    fileprivate func judgeSignature(by secret: Secret) throws(ConnectorError) {
        guard let signature else { return }
        let message = Array("\(identityURL ?? "")\(issuedAt ?? "")".utf8)
        let isValid: Bool
        do throws(CryptoError) {
            isValid =
                try Base64.decode(signature.utf8).map { code throws(CryptoError) in
                    try HMACSHA256.isValid(code, of: message, key: secret)
                } ?? false
        } catch {
            throw ConnectorError(error)
        }
        guard isValid else {
            throw ConnectorError(
                .signatureInvalid, "the answer of the token endpoint was not signed with the app's secret",
                hint: "copy the Consumer Secret of the app anew (Manage Consumer Details)",
                fixedBy: .tenantAdministrator)
        }
    }
}

extension ConnectorError {
    /// Somebody of an org that is not the connected one.
    static func organizationMismatch(
        _ identity: SalesforceIdentity, _ connected: SalesforceID
    ) -> ConnectorError {
        ConnectorError(
            .organizationMismatch,
            "the user belongs to the org \(identity.organizationID.value), and \(connected.value) is connected",
            hint: "sign out of Salesforce, and sign in with a user of the connected org", fixedBy: .agent)
    }
}
