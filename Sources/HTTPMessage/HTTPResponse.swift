/// A whole response. `Content-Length`, `Date` and what `Connection` needs are added when it is sent.
package struct HTTPResponse: Sendable, Hashable {
    package var status: HTTPStatus
    package var fields: HTTPFields
    /// Not sent in answer to `HEAD`, nor with a status that has no body.
    package var body: [UInt8]

    package init(_ status: HTTPStatus, fields: HTTPFields = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A response whose body is of `contentType`.
    package init(_ status: HTTPStatus, contentType: HTTPFieldValue, body: [UInt8]) {
        self.init(status, fields: [HTTPField(.contentType, contentType)], body: body)
    }
}
