import BridgeCore
import HTTPMessage

/// A refusal of Dataverse's Web API.
struct DataverseError: Error, Sendable, Hashable {
    let status: HTTPStatus
    /// Such as `0x80072560`; may be empty.
    let code: String
    let message: String
    /// Seconds, for service protection limits.
    var retryAfter: Int?

    init(_ status: HTTPStatus, _ code: String, _ message: String, retryAfter: Int? = nil) {
        (self.status, self.code, self.message, self.retryAfter) = (status, code, message, retryAfter)
    }

    /// The answer (Compose HTTP requests and handle errors, Microsoft Learn).
    var answer: HTTPResponse {
        var response = HTTPResponse.json(status, contentType: "application/json; odata.metadata=minimal") { writer in
            writer.object { writer in
                writer.name("error")
                writer.object { writer in
                    writer.member("code", code)
                    writer.member("message", message)
                }
            }
        }
        response.fields.append(DataverseHeaders.odataVersion, "4.0")
        if let retryAfter {
            response.fields.append(.retryAfter, HTTPFieldValue(replacingIllegalIn: "\(retryAfter)"))
        }
        return response
    }
}

extension DataverseError {
    /// What the parser does not take: 400 `0x80060888`.
    static func query(_ message: String) -> DataverseError { DataverseError(.badRequest, "0x80060888", message) }

    static func unknownSegment(_ segment: String) -> DataverseError {
        DataverseError(.notFound, "0x8006088a", "Resource not found for the segment '\(segment)'.")
    }

    static func unknownRow(_ entity: String, _ id: String) -> DataverseError {
        DataverseError(.notFound, "0x80040217", "Entity '\(entity)' With Id = \(id) Does Not Exist")
    }

    static let notMember = DataverseError(
        .forbidden, "0x80072560", "The user is not a member of the organization.")

    /// The token is refused; the answer has no body.
    static let unauthorized = DataverseError(.unauthorized, "", "")

    static let disabledUser = DataverseError(
        .forbidden, "0x80040225", "The specified user is either disabled or is not a member of any business unit.")

    /// A principal without the privilege; `roleCount` tells one without any role.
    static func missingPrivilege(_ privilege: String, of user: GUID, roleCount: Int) -> DataverseError {
        DataverseError(
            .forbidden, "0x80040220",
            "Principal user (Id=\(user), type=8, roleCount=\(roleCount), privilegeCount=0, accessMode='4 Non-interactive') "
                + "is missing \(privilege) privilege (Id=\(GUID.named(privilege))) on OTC=8 for entity 'systemuser'.")
    }

    /// The refusals that are faults, too.
    static let catalog: [(name: String, error: DataverseError, summary: String)] = [
        ("0x80072560", notMember, "403: there is no application user, or no such person"),
        (
            "401-0x80072560", DataverseError(.unauthorized, "0x80072560", notMember.message),
            "the same with 401, as some answer it"
        ),
        (
            "0x80040220", missingPrivilege("prvReadRole", of: .named("somebody"), roleCount: 0),
            "403: the security role is missing, or lacks a privilege"
        ),
        ("0x80048306", DataverseError(.forbidden, "0x80048306", "Access Denied."), "403: access denied"),
        ("0x80040225", disabledUser, "403: the caller's row is disabled"),
        ("0x80072322", requestLimit, "429: number of requests, with Retry-After"),
        ("0x80072321", timeLimit, "429: execution time, with Retry-After"),
        ("0x80072326", concurrencyLimit, "429: concurrency, with Retry-After"),
        ("0x80040217", unknownRow("SystemUser", "\(GUID.named("nobody"))"), "404: the row is not there"),
        (
            "0x80060888", query("Could not find a property named 'x' on type 'Microsoft.Dynamics.CRM.systemuser'."),
            "400: the query is not understood"
        ),
        ("401", unauthorized, "401: the token is refused"),
        (
            "404", DataverseError(.notFound, "", "No HTTP resource was found that matches the request URI."),
            "404 with an empty code"
        ),
        ("501", DataverseError(.notImplemented, "0x80060888", "Not implemented."), "501"),
    ]

    static let requestLimit = DataverseError(
        .tooManyRequests, "0x80072322",
        "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
        retryAfter: 30)
    static let timeLimit = DataverseError(
        .tooManyRequests, "0x80072321",
        "Combined execution time of incoming requests exceeded limit of 1200000 milliseconds over time window of 300 "
            + "seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.",
        retryAfter: 30)
    static let concurrencyLimit = DataverseError(
        .tooManyRequests, "0x80072326", "Number of concurrent requests exceeded the limit of 52.", retryAfter: 10)
}
