internal import BridgeCore

extension SalesforceErrors {
    /// What the `error` words mean where no text says it better (RFC 6749 §4.1.2.1 and §5.2, and Salesforce's own).
    static let words: [Row] = [
        Row(
            words: ["invalid_client_id"], .credentialsRejected, "Salesforce knows no app with this consumer key",
            fix:
                "compare clientId with the app's Consumer Key, and loginUrl with its org; a new app needs up to 10 minutes "
                + "until every server of Salesforce's knows it", by: .tenantAdministrator),
        Row(
            words: ["invalid_client"], at: [.assertion], .credentialsRejected,
            "Salesforce does not take the key: the app has another certificate, or none",
            fix: "upload the certificate of this key to the app, and compare the consumer key", by: .tenantAdministrator
        ),
        Row(
            words: ["invalid_client"], .credentialsRejected,
            "Salesforce does not take the consumer secret",
            fix: "copy Consumer Key and Consumer Secret of the app anew (Manage Consumer Details)",
            by: .tenantAdministrator),
        Row(
            words: ["unauthorized_client"], .credentialsRejected, "the app may not ask in this way",
            fix: "enable the flow in the app's OAuth settings", by: .tenantAdministrator),
        Row(
            words: ["unsupported_grant_type"], at: [.assertion, .clientCredentials], .configurationInvalid,
            "the app does not offer the flow that the bridge asks with",
            fix:
                "enable it in the app's OAuth settings: \"Use digital signatures\" for a key, \"Client Credentials Flow\" "
                + "for a secret", by: .tenantAdministrator),
        Row(
            words: ["redirect_uri_mismatch"], .configurationInvalid,
            "the app does not know the address to come back to",
            fix: "add the callback URL to the app, byte for byte: public_url and /api/1/salesforce/auth/callback",
            by: .tenantAdministrator),
        Row(
            words: ["invalid_grant"], at: [.authorization], .codeInvalid,
            "Salesforce does not take the code or token of the sign-in", fix: "start the sign-in again", by: .agent),
        Row(
            words: ["access_denied"], at: [.authorization], .consentDeclined, "the permissions were declined",
            fix: "sign in again and allow access", by: .agent),
        Row(
            words: ["login_required", "interaction_required", "immediate_unsuccessful"], at: [.authorization],
            .signInBlocked, "Salesforce asks for something that only the person can do", fix: "sign in again",
            by: .agent),
        Row(
            words: ["invalid_scope"], at: [.authorization], .configurationInvalid,
            "the app does not have a scope that the bridge asks for",
            fix: "add the scopes openid and id to the app, and where the connection has no integration user, api and "
                + "custom_permissions", by: .tenantAdministrator),
        Row(
            words: ["invalid_scope"], .configurationInvalid, "the app does not have a scope that the bridge asks for",
            fix: "add the scopes openid, api and refresh_token to the app", by: .tenantAdministrator),
        Row(
            words: ["invalid_request", "unsupported_response_type", "unsupported_grant_type"], .configurationInvalid,
            "Salesforce does not understand the request", fix: "check login URL and consumer key",
            by: .tenantAdministrator),
        Row(
            words: ["temporarily_unavailable", "server_error", "unknown_error"], .upstreamUnavailable,
            "Salesforce has a passing fault", fix: "try again; if it lasts, look at status.salesforce.com", by: nil),
    ]
}
