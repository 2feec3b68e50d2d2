internal import BridgeCore

extension EntraErrors {
    /// What the `error` words mean where no number says it better (RFC 6749 §4.1.2.1, §5.2; OpenID Connect Core §3.1.2.6).
    static let words: [String: RefusalMeaning] = {
        var words: [String: RefusalMeaning] = [:]
        for (names, meaning) in meanings {
            for name in names { words[name] = meaning }
        }
        return words
    }()

    private static let meanings: [([String], RefusalMeaning)] = [
        (
            ["invalid_client", "unauthorized_client"],
            RefusalMeaning(
                .credentialsRejected, "Entra refused the client",
                fix: "compare tenant id, client id and secret with the app registration", by: .tenantAdministrator)
        ),
        (
            ["invalid_grant"],
            RefusalMeaning(
                .codeInvalid, "Entra does not take the code or token of the sign-in", fix: "start the sign-in again",
                by: .agent)
        ),
        (
            ["consent_required"],
            RefusalMeaning(
                .consentRequired, "admin consent is outstanding",
                fix: "open the consent URL with an administrator's account: cobrowse-sso dynamics consent-url",
                by: .tenantAdministrator)
        ),
        (
            ["access_denied", "permission_denied", "authorization_declined"],
            RefusalMeaning(
                .consentDeclined, "the permissions were declined",
                fix: "sign in again and accept, or have an administrator consent for everybody", by: .agent)
        ),
        (
            ["interaction_required", "login_required"],
            RefusalMeaning(
                .signInBlocked, "Entra asks for something that only the person can do", fix: "sign in again",
                by: .agent)
        ),
        (
            ["invalid_resource"],
            RefusalMeaning(
                .environmentNotFound, "the tenant knows no environment of this URL",
                fix:
                    "copy the environment URL from the browser, up to and including the domain, and compare the tenant id",
                by: .environmentAdministrator)
        ),
        (
            ["invalid_request", "invalid_scope", "unsupported_grant_type", "unsupported_response_type"],
            RefusalMeaning(
                .configurationInvalid, "Entra does not understand the request",
                fix: "check tenant id, client id, environment URL and dynamics__authority_url", by: .bridgeOperator)
        ),
        (
            ["temporarily_unavailable", "server_error"],
            RefusalMeaning(
                .upstreamUnavailable, "Entra has a passing fault",
                fix: "try again; if it lasts, look at Microsoft's status page", by: nil)
        ),
    ]
}
