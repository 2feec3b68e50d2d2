import BridgeCore
import HTTPMessage

/// A refusal of an OAuth endpoint, which the data API would tell in another form.
struct SalesforceOAuthError: Error, Sendable, Hashable {
    let error: String
    let description: String

    init(_ error: String, _ description: String) {
        (self.error, self.description) = (error, description)
    }

    /// The answer of the token endpoint: 400, whatever it is.
    var answer: HTTPResponse { response(.badRequest) }

    /// The answer of the introspection endpoint: 401 where the client is not let in (RFC 7662 §2.3).
    var introspectionAnswer: HTTPResponse {
        response([Self.badClient, Self.unknownClient].contains(self) ? .unauthorized : .badRequest)
    }

    private func response(_ status: HTTPStatus) -> HTTPResponse {
        .json(status) { writer in
            writer.object { writer in
                writer.member("error", error)
                writer.member("error_description", description)
            }
        }
    }

    /// The page a person sees where there is no redirect URI that could be trusted, or no way on.
    var page: HTTPResponse {
        .page(
            .badRequest, title: "Salesforce",
            "<p>error=\(HTTPResponse.escaped(error))&amp;error_description=\(HTTPResponse.escaped(description))</p>")
    }
}

extension SalesforceOAuthError {
    static let unknownClient = SalesforceOAuthError("invalid_client_id", "client identifier invalid")
    static let badClient = SalesforceOAuthError("invalid_client", "invalid client credentials")
    static let notApproved = SalesforceOAuthError("invalid_grant", "user hasn't approved this consumer")
    static let notAdminApproved = SalesforceOAuthError(
        "invalid_app_access", "user is not admin approved to access this app")
    static let blocked = SalesforceOAuthError("OAUTH_APP_BLOCKED", "this app is blocked by admin")
    static let approvalFailed = SalesforceOAuthError(
        "OAUTH_APPROVAL_ERROR_GENERIC",
        "An unexpected error has occurred during authentication. Please try again.")
    static let inactiveUser = SalesforceOAuthError("inactive_user", "user is inactive")
    static let restricted = SalesforceOAuthError("invalid_grant", "ip restricted")
    static let expiredCode = SalesforceOAuthError("invalid_grant", "expired authorization code")
    static let badAudience = SalesforceOAuthError("invalid_grant", "Audience validation failed")
    static let denied = SalesforceOAuthError("access_denied", "end-user denied authorization")

    static func missing(_ parameter: String) -> SalesforceOAuthError {
        SalesforceOAuthError("invalid_request", "missing required parameter: \(parameter)")
    }

    static func invalidGrant(_ text: String) -> SalesforceOAuthError { SalesforceOAuthError("invalid_grant", text) }

    static func invalid(_ text: String) -> SalesforceOAuthError { SalesforceOAuthError("invalid_request", text) }
}
