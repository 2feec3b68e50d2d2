import BridgeCore
import Connectors
import Testing

@Suite("What Salesforce's OAuth refusals mean")
struct SalesforceErrorTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let error: String
        let text: String
        let endpoint: SalesforceErrors.Endpoint
        let code: ReasonCode
        let fixedBy: FixedBy?
        /// A part of the sentence, and of what to do.
        let says: String
        let hint: String
        var testDescription: String { "\(error): \(text) at \(endpoint)" }

        init(
            _ error: String, _ text: String, _ endpoint: SalesforceErrors.Endpoint, _ code: ReasonCode,
            _ fixedBy: FixedBy?, says: String, hint: String
        ) {
            (self.error, self.text, self.endpoint, self.code, self.fixedBy) = (error, text, endpoint, code, fixedBy)
            (self.says, self.hint) = (says, hint)
        }
    }

    static let rows = [
        Row(
            "invalid_grant", "user hasn't approved this consumer", .assertion, .consentRequired, .tenantAdministrator,
            says: "does not let the integration user in", hint: "Permitted Users"),
        Row(
            "invalid_app_access", "user is not admin approved to access this app", .authorization, .consentRequired,
            .tenantAdministrator, says: "not among those", hint: "Permitted Users"),
        Row(
            "invalid_grant", "expired authorization code", .assertion, .credentialsRejected, .bridgeOperator,
            says: "assertion", hint: "clock"),
        Row(
            "invalid_grant", "expired authorization code", .authorization, .codeInvalid, .agent, says: "code",
            hint: "again"),
        Row(
            "invalid_app_access", "user is not admin approved to access this app", .assertion, .consentRequired,
            .tenantAdministrator, says: "integration user", hint: "of the integration user"),
        Row(
            "invalid_client_id", "client identifier invalid", .assertion, .credentialsRejected, .tenantAdministrator,
            says: "knows no app", hint: "10 minutes"),
        Row(
            "invalid_client_id", "client identifier invalid", .clientCredentials, .credentialsRejected,
            .tenantAdministrator, says: "knows no app", hint: "10 minutes"),
        Row(
            "invalid_client", "invalid client credentials", .clientCredentials, .credentialsRejected,
            .tenantAdministrator, says: "secret", hint: "Consumer Secret"),
        Row(
            "invalid_client", "invalid client credentials", .assertion, .credentialsRejected, .tenantAdministrator,
            says: "another certificate", hint: "upload the certificate"),
        Row(
            "invalid_grant", "invalid assertion", .assertion, .credentialsRejected, .tenantAdministrator,
            says: "another certificate", hint: "upload the certificate"),
        Row(
            "invalid_grant", "Audience validation failed", .assertion, .configurationInvalid, .tenantAdministrator,
            says: "another login", hint: "test.salesforce.com"),
        Row(
            "invalid_grant", "audience is invalid", .assertion, .configurationInvalid, .tenantAdministrator,
            says: "another login", hint: "My Domain"),
        Row(
            "app_not_found", "External client app is not installed in this org", .assertion, .consentRequired,
            .tenantAdministrator, says: "not installed", hint: "External Client App"),
        Row(
            "OAUTH_APP_BLOCKED", "this app is blocked by admin", .assertion, .consentRequired, .tenantAdministrator,
            says: "blocked", hint: "Unblock"),
        Row(
            "OAUTH_APPROVAL_ERROR_GENERIC", "An unexpected error has occurred during authentication.", .authorization,
            .consentRequired, .tenantAdministrator, says: "not installed", hint: "OAuth Usage"),
        Row(
            "invalid_request",
            "refresh_token scope is required and the connected app should be installed and preauthorized",
            .assertion, .configurationInvalid, .tenantAdministrator, says: "lacks a scope", hint: "refresh_token"),
        Row(
            "inactive_user", "user is inactive", .assertion, .userInactive, .tenantAdministrator,
            says: "integration user", hint: "unfreeze"),
        Row(
            "invalid_grant", "user is inactive", .authorization, .userInactive, .tenantAdministrator,
            says: "the user is",
            hint: "active"),
        Row(
            "invalid_grant", "ip restricted", .assertion, .signInBlocked, .tenantAdministrator,
            says: "bridge's address", hint: "login IP ranges"),
        Row(
            "invalid_grant", "request not supported on this domain", .clientCredentials, .configurationInvalid,
            .tenantAdministrator, says: "My Domain", hint: "My Domain"),
        Row(
            "invalid_grant", "no client credentials user enabled", .clientCredentials, .configurationInvalid,
            .tenantAdministrator, says: "runs as nobody", hint: "Run As"),
        Row(
            "access_denied", "end-user denied authorization", .authorization, .consentDeclined, .agent,
            says: "declined", hint: "again"),
        Row(
            "redirect_uri_mismatch", "redirect_uri must match configuration", .authorization, .configurationInvalid,
            .tenantAdministrator, says: "come back", hint: "callback"),
        Row(
            "invalid_grant", "login rate exceeded", .assertion, .upstreamThrottled, nil, says: "left alone",
            hint: "wait"),
        Row("server_error", "", .assertion, .upstreamUnavailable, nil, says: "passing fault", hint: "try again"),
        Row(
            "invalid_grant", "authentication failure", .assertion, .credentialsRejected, .tenantAdministrator,
            says: "refused the credentials", hint: "compare"),
        Row(
            "something_new", "never seen", .authorization, .signInBlocked, .tenantAdministrator,
            says: "refused the sign-in", hint: "Login History"),
    ]

    @Test("is said by cause, with the fix and who can do it", arguments: rows)
    func meaning(row: Row) {
        let error = SalesforceErrors.explain(OAuthRefusal(error: row.error, text: row.text), at: row.endpoint)
        #expect(error.code == row.code && error.fixedBy == row.fixedBy)
        #expect(error.detail.contains(row.says) && error.detail.contains(row.error), "\(error.detail)")
        #expect(error.hint?.contains(row.hint) == true, "\(error.hint ?? "")")
        #expect(!error.ownDetail.contains(row.text) || row.text.isEmpty)
        #expect((error.retryAfter != nil) == (row.code == .upstreamThrottled))
    }
}
