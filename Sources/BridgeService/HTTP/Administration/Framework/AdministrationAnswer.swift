internal import BridgeCore
internal import HTTPMessage

/// What an operation answers when it succeeded.
struct AdministrationAnswer: Sendable {
    let status: HTTPStatus
    let body: [UInt8]
    var fields: HTTPFields = []

    /// 204.
    static let nothing = AdministrationAnswer(status: .noContent, body: [])

    /// One JSON value.
    static func json(_ status: HTTPStatus = .ok, _ write: (inout JSONWriter) -> Void) -> AdministrationAnswer {
        var writer = JSONWriter(capacity: 1024)
        write(&writer)
        return AdministrationAnswer(status: status, body: writer.bytes)
    }

    /// One JSON object.
    static func object(_ status: HTTPStatus = .ok, _ write: (inout JSONWriter) -> Void) -> AdministrationAnswer {
        json(status) { $0.object(write) }
    }

    /// The same with the version of the document, for `If-Match`.
    func version(_ version: Int64) -> AdministrationAnswer {
        var answer = self
        answer.fields.append(.eTag, VersionCondition.tag(version))
        return answer
    }

    /// The same with the path of what was made.
    func location(_ path: String) -> AdministrationAnswer {
        var answer = self
        answer.fields.append(.location, HTTPFieldValue(replacingIllegalIn: path))
        return answer
    }

    /// The same with the id of the decision that it rests on, where there is one.
    func decision(_ id: String?) -> AdministrationAnswer {
        guard let id else { return self }
        var answer = self
        answer.fields.append(.xDecisionID, HTTPFieldValue(replacingIllegalIn: id))
        return answer
    }

    /// As it is sent.
    func response(requestID: String) -> HTTPResponse {
        var fields = fields
        if !body.isEmpty { fields.append(.contentType, "application/json") }
        fields.append(.cacheControl, "no-store")
        fields.append(.xRequestID, HTTPFieldValue(replacingIllegalIn: requestID))
        return HTTPResponse(status, fields: fields, body: body)
    }
}
