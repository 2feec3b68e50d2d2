internal import BridgeCore

extension SalesforceErrors {
    /// What the texts mean that tell more than their word, the most particular first ("OAuth 2.0 Authorization Errors",
    /// Salesforce Help; `Docs/Salesforce/Connect.md`).
    static let texts: [Row] = approval + assertions + people + limits

    private static let own: Set<Endpoint> = [.assertion, .clientCredentials]

    private static let policies =
        "in Setup open the app (connected app: App Manager > Manage > Edit Policies; External Client App: External Client "
        + "App Manager > Policies): set Permitted Users to \"Admin approved users are pre-authorized\", and assign "

    private static let approval: [Row] = [
        Row(
            parts: [
                "hasn't approved this consumer", "has not approved this consumer", "not admin approved",
                "invalid_app_access",
            ], at: own, .consentRequired,
            "the app does not let the integration user in, or there is no such user at this login",
            fix: policies + "the profile or a permission set of the integration user; check its username too, which is "
                + "often not its e-mail address", by: .tenantAdministrator),
        Row(
            parts: [
                "not admin approved", "invalid_app_access", "hasn't approved this consumer",
                "has not approved this consumer",
            ], .consentRequired,
            "the user is not among those whom the app lets in",
            fix: policies + "the profiles or permission sets of those who may sign in", by: .tenantAdministrator),
        Row(
            parts: ["refresh_token scope is required"], .configurationInvalid,
            "the app lacks a scope that the JWT bearer flow asks for",
            fix: "add the scope \"Perform requests at any time (refresh_token, offline_access)\" to the app, and "
                + "pre-authorize the integration user", by: .tenantAdministrator),
        Row(
            parts: ["not installed in this org", "app_not_found", "ec_app_not_found"], .consentRequired,
            "the app is not installed in this org",
            fix:
                "an External Client App counts in the org it was made in, or where its package is installed: install it, "
                + "or make one in this org", by: .tenantAdministrator),
        Row(
            parts: ["blocked by admin", "app is blocked", "app_blocked", "authorization_blocked", "is blocked"],
            .consentRequired, "an administrator of the org has blocked the app",
            fix: "Setup > Connected Apps OAuth Usage > the app > Unblock", by: .tenantAdministrator),
        Row(
            parts: ["oauth_approval_error_generic", "approval error", "approve uninstalled"], .consentRequired,
            "Salesforce lets nobody approve the app: most likely it is not installed in the org",
            fix:
                "Setup > Connected Apps OAuth Usage > the app > Install; since September 2025 only administrators may use "
                + "apps that are not installed", by: .tenantAdministrator),
    ]

    private static let audience = ["audience validation failed", "audience is invalid", "invalid audience"]

    /// Whether a refusal says that the assertion was meant for another login.
    static func isAboutAudience(_ refusal: OAuthRefusal) -> Bool {
        audience.contains { refusal.text.lowercased().contains($0) || refusal.error.lowercased().contains($0) }
    }

    private static let assertions: [Row] = [
        Row(
            parts: ["expired authorization code"], at: [.assertion], .credentialsRejected,
            "Salesforce takes the assertion for over, or for too far ahead, though it speaks of a code",
            fix:
                "set the bridge's clock: Salesforce takes assertions for three minutes; cobrowse-sso doctor looks at it",
            by: .bridgeOperator),
        Row(
            parts: audience, .configurationInvalid,
            "the assertion is meant for another login: a sandbox's for a production org, or the other way round",
            fix: "give the login URL of this org: its My Domain, https://login.salesforce.com for production, "
                + "https://test.salesforce.com for a sandbox", by: .tenantAdministrator),
        Row(
            parts: ["invalid assertion", "invalid signature", "signature is invalid"], .credentialsRejected,
            "Salesforce does not take the assertion: the app has another certificate than the key's, or none",
            fix:
                "upload the certificate of this key to the app (\"Use digital signatures\"; External Client App: \"Enable "
                + "JWT Bearer Flow\")", by: .tenantAdministrator),
        Row(
            parts: ["request not supported on this domain"], .configurationInvalid,
            "the login takes no client credentials: only the org's own My Domain does",
            fix: "give the My Domain of the org as login URL, such as https://acme.my.salesforce.com",
            by: .tenantAdministrator),
        Row(
            parts: ["no client credentials user", "client credentials flow", "client_credentials"],
            at: [.clientCredentials], .configurationInvalid,
            "the app has no client credentials flow, or runs as nobody",
            fix: "enable the Client Credentials Flow of the app, and name the integration user under Run As",
            by: .tenantAdministrator),
        Row(
            parts: ["expired authorization code", "invalid authorization code", "expired access/refresh token"],
            at: [.authorization], .codeInvalid, "Salesforce does not take the code or token of the sign-in",
            fix: "start the sign-in again", by: .agent),
        Row(
            parts: ["code verifier", "code challenge", "code_verifier", "code_challenge"], at: [.authorization],
            .codeInvalid, "the code was asked for by another browser sign-in", fix: "start the sign-in again",
            by: .agent),
    ]

    private static let people: [Row] = [
        Row(
            parts: ["user is inactive", "inactive user", "inactive_user", "user is frozen", "frozen"], at: own,
            .userInactive, "the integration user is deactivated or frozen",
            fix: "Setup > Users > the integration user: make it active, and unfreeze it", by: .tenantAdministrator),
        Row(
            parts: ["user is inactive", "inactive user", "inactive_user", "user is frozen", "frozen"],
            at: [.authorization], .userInactive, "the user is deactivated or frozen",
            fix: "an administrator of the org can make the user active", by: .tenantAdministrator),
        Row(
            parts: ["ip restricted", "ip address", "restricted_ip"], at: own, .signInBlocked,
            "the org lets nobody in from the bridge's address",
            fix:
                "add the address to the login IP ranges of the integration user's profile, or relax IP restrictions in the "
                + "app's policies", by: .tenantAdministrator),
        Row(
            parts: ["ip restricted", "ip address", "restricted_ip"], at: [.authorization], .signInBlocked,
            "the org does not let the user in from this address",
            fix: "an administrator of the org can widen the login IP ranges", by: .tenantAdministrator),
        Row(
            parts: ["login hours", "restricted hours", "restricted_hours", "outside hours"], .signInBlocked,
            "the org does not let the user in at this hour",
            fix: "an administrator of the org can widen the login hours of the profile", by: .tenantAdministrator),
        Row(
            parts: ["end-user denied", "user denied"], at: [.authorization], .consentDeclined,
            "the permissions were declined", fix: "sign in again and allow access", by: .agent),
    ]

    private static let limits: [Row] = [
        Row(
            parts: ["rate limit", "rate exceeded", "too many", "limit exceeded", "limit_exceeded"], .upstreamThrottled,
            "Salesforce asks to be left alone: too many sign-ins or requests", fix: "wait a minute", by: nil)
    ]
}
