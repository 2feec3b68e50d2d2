internal import BridgeCore
package import HTTPMessage

/// The page on which an administrator of a tenant allows an application what it asks for, for everybody.
package struct AdminConsent: Sendable {
    private let application: EntraApplication
    private let redirectURI: String
    private let resource: TokenResource

    /// - Parameters:
    ///   - application: in its tenant, or in `organizations` where that is not known yet.
    ///   - redirectURI: `public_url` and `/api/1/dynamics/consent/callback`, as it is registered.
    ///   - resource: what agents' tokens will be for.
    package init(of application: EntraApplication, redirectURI: String, resource: TokenResource) {
        self.application = application
        self.redirectURI = redirectURI
        self.resource = resource
    }

    /// Where the administrator goes (Admin consent on the Microsoft identity platform, v2.0).
    ///
    /// Good for whoever opens it: nothing in it belongs to the browser of the one who asked for it.
    /// - Parameter state: sealed, see `ConsentState`.
    package func url(state: String) -> RequestURL? {
        application.authority.adminConsentURL(application.tenant).adding([
            ("client_id", application.clientID.value),
            ("scope", "openid profile \(resource.defaultScope)"),
            ("redirect_uri", redirectURI), ("state", state),
        ])
    }
}
