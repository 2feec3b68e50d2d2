/// The whole response of another server, of any status.
package struct IncomingResponse: Sendable {
    package var status: HTTPStatus
    package var fields: HTTPFields
    package var body: [UInt8]

    package init(_ status: HTTPStatus, fields: HTTPFields = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

extension IncomingResponse: CustomStringConvertible, CustomReflectable {
    /// The status and the length: fields and body may hold tokens.
    package var description: String { "\(status.rawValue), \(body.count) bytes" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
