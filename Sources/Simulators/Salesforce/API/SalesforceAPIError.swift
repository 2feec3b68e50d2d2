import BridgeCore
import HTTPMessage

/// A refusal of the data API, which tells it as an array (REST API developer guide, status codes and error responses).
struct SalesforceAPIError: Error, Sendable, Hashable {
    let status: HTTPStatus
    let errorCode: String
    let message: String

    init(_ status: HTTPStatus, _ errorCode: String, _ message: String) {
        (self.status, self.errorCode, self.message) = (status, errorCode, message)
    }

    var answer: HTTPResponse {
        .json(status, contentType: "application/json;charset=UTF-8") { writer in
            writer.array { writer in
                writer.object { writer in
                    writer.member("message", message)
                    writer.member("errorCode", errorCode)
                }
            }
        }
    }

    static let invalidSession = SalesforceAPIError(
        .unauthorized, "INVALID_SESSION_ID", "Session expired or invalid")
    static let limitExceeded = SalesforceAPIError(
        .forbidden, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
    static let apiDisabled = SalesforceAPIError(
        .forbidden, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner")
    static let notFound = SalesforceAPIError(.notFound, "NOT_FOUND", "The requested resource does not exist")
    static let badLocator = SalesforceAPIError(.badRequest, "INVALID_QUERY_LOCATOR", "invalid query locator")

    /// A query that is none.
    static func malformed(_ message: String) -> SalesforceAPIError {
        SalesforceAPIError(.badRequest, "MALFORMED_QUERY", message)
    }

    static func unknownField(_ name: String, on object: String) -> SalesforceAPIError {
        SalesforceAPIError(
            .badRequest, "INVALID_FIELD",
            "No such column '\(name)' on entity '\(object)'. If you are attempting to use a custom field, be sure to append "
                + "the '__c' after the custom field name. Please reference your WSDL or the describe call for the "
                + "appropriate names.")
    }

    static func wrongLiteral(_ field: String, _ kind: String) -> SalesforceAPIError {
        SalesforceAPIError(
            .badRequest, "INVALID_FIELD",
            "value of filter criterion for field '\(field)' must be of type \(kind)")
    }

    /// An object that does not exist, or that the running user must not see.
    static func unknownType(_ name: String) -> SalesforceAPIError {
        SalesforceAPIError(
            .badRequest, "INVALID_TYPE",
            "sObject type '\(name)' is not supported. If you are attempting to use a custom object, be sure to append the "
                + "'__c' after the entity name. Please reference your WSDL or the describe call for the appropriate "
                + "names.")
    }

    /// Those that can be set as faults.
    static let catalog: [SalesforceAPIError] = [
        invalidSession, limitExceeded, apiDisabled,
        SalesforceAPIError(.forbidden, "INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id"),
        malformed("unexpected token: 'FORM'"), unknownField("Elsewhere", on: "User"), unknownType("Elsewhere"),
        SalesforceAPIError(.badRequest, "QUERY_TIMEOUT", "Your query request was running for too long."),
        badLocator, notFound,
        SalesforceAPIError(.targetTooLong, "URI_TOO_LONG", "The length of the URI exceeds the limit."),
        SalesforceAPIError(.fieldsTooLarge, "HEADERS_TOO_LARGE", "The URI and the headers exceed 16,384 bytes."),
        SalesforceAPIError(.internalServerError, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
        SalesforceAPIError(.serviceUnavailable, "SERVER_UNAVAILABLE", "The server is temporarily unavailable."),
    ]
}
