internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// An error as `application/problem+json` (RFC 9457).
struct ProblemDocument {
    let status: HTTPStatus
    let code: ReasonCode
    private(set) var detail: String
    let hint: String?
    let requestID: String?
    /// The decision that refused, for `GET .../decisions/{id}`.
    var decisionID: String?
    /// How long to wait before the next attempt, in seconds.
    var retryAfter: Int?
    /// The rule tests that kept a document from being applied.
    var failedRuleTests: [RuleTestResult]?

    /// What a refusal is answered with; the inside of an `internal` error stays in the log.
    init(_ error: some ReasonedError, status: HTTPStatus? = nil, requestID: String) {
        self.status = status ?? error.code.httpStatus
        code = error.code
        self.requestID = requestID
        if error.code == .internal {
            detail = "the bridge could not answer this request"
            hint = "the log of the bridge says why, under the request id"
        } else {
            detail = error.detail
            hint = error.hint
        }
    }

    /// What somebody is answered who cannot ask the system that refused: nothing of what that wrote.
    mutating func leaveOutForeignWords(of error: some ReasonedError) {
        if error.code != .internal { detail = error.ownDetail }
    }

    init(status: HTTPStatus, code: ReasonCode, detail: String, hint: String? = nil, requestID: String? = nil) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.requestID = requestID
    }

    /// The document as a response.
    var response: HTTPResponse {
        var writer = JSONWriter(capacity: 384)
        writer.object { writer in
            writer.member("type", "urn:cobrowse-sso:reason:\(code.rawValue)")
            writer.member("title", code.title)
            writer.member("status", status.rawValue)
            writer.member("code", code.rawValue)
            writer.member("detail", detail)
            if let hint { writer.member("hint", hint) }
            if let requestID { writer.member("requestId", requestID) }
            if let decisionID { writer.member("decisionId", decisionID) }
            if let failedRuleTests {
                writer.name("failedRuleTests")
                writer.ruleTestResults(failedRuleTests)
            }
        }
        var response = HTTPResponse(status, contentType: "application/problem+json", body: writer.bytes)
        response.fields.append(.cacheControl, "no-store")
        if let requestID { response.fields.append(.xRequestID, HTTPFieldValue(replacingIllegalIn: requestID)) }
        if let decisionID { response.fields.append(.xDecisionID, HTTPFieldValue(replacingIllegalIn: decisionID)) }
        if let retryAfter { response.fields.append(.retryAfter, HTTPFieldValue(replacingIllegalIn: "\(retryAfter)")) }
        if status == .unauthorized {
            let challenge = code == .unauthenticated ? "Bearer" : "Bearer error=\"invalid_token\""
            response.fields.append(.wwwAuthenticate, HTTPFieldValue(replacingIllegalIn: challenge))
        }
        return response
    }
}
