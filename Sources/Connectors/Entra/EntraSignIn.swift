package import BridgeCore
package import BridgeCrypto
package import HTTPMessage

/// Entra's part in a sign-in.
package struct EntraSignIn: OpenIDClient {
    private let application: EntraApplication
    private let random: any RandomSource
    package let redirectURI: String
    package let scopes: [String]

    /// - Parameters:
    ///   - redirectURI: `public_url` and `/api/1/dynamics/auth/callback`, as it is registered.
    ///   - resource: what the bridge calls as the person; `nil` where nothing is.
    ///   - staysSignedIn: whether a refresh token is asked for, with which tokens for other resources can be had.
    package init(
        application: EntraApplication, redirectURI: String, resource: TokenResource? = nil, staysSignedIn: Bool = false,
        random: any RandomSource
    ) {
        self.application = application
        self.redirectURI = redirectURI
        self.random = random
        // `profile` is what `oid` comes with.
        scopes =
            ["openid", "profile"] + (staysSignedIn ? ["offline_access"] : [])
            + [resource?.delegatedScope].compactMap(\.self)
    }

    package var clientID: String { application.clientID.value }
    package var authorizationURL: RequestURL { application.authority.authorizationURL(application.tenant) }
    package var tokenURL: RequestURL { application.authority.tokenURL(application.tenant) }
    package var provider: ProviderLocation { application.authority.provider(application.tenant) }

    package func authenticate(_ request: inout TokenRequest, now: Timestamp) throws(ConnectorError) {
        try application.authenticate(&request, random: random, now: now)
    }

    package func person(in token: VerifiedIDToken, granted grant: TokenGrant) throws(ConnectorError) -> EntraPerson {
        do throws(IDTokenRefusal) {
            return try EntraPerson(in: token, of: application.tenant)
        } catch {
            throw ConnectorError(error)
        }
    }

    package static func error(for refusal: OAuthRefusal) -> ConnectorError {
        EntraErrors.explain(refusal, at: .authorization)
    }
}
