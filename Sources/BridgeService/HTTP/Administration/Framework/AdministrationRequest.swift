internal import HTTPMessage
internal import HTTPServer

/// A request of the administration, copied out of the buffers it was read into: its answer takes longer than they live.
struct AdministrationRequest: Sendable {
    let method: HTTPMethod
    /// What follows the `?`.
    let query: String?
    let contentType: String?
    let ifMatch: String?
    /// Every `Authorization` field has to be the only one.
    let authorization: String?
    let hasSeveralAuthorizations: Bool
    let body: [UInt8]
    let caller: Caller

    init(_ request: borrowing HTTPRequestView, from caller: Caller) {
        method = request.method
        query = if let query = request.query { String(decoding: query.copy, as: UTF8.self) } else { nil }
        contentType = request.field("Content-Type")
        ifMatch = request.field("If-Match")
        authorization = request.field("Authorization")
        hasSeveralAuthorizations = request.count(of: "Authorization") > 1
        body = request.body.copy
        self.caller = caller
    }

    var id: String { caller.requestID }
}

extension Span where Element == UInt8 {
    /// The bytes in an array of their own.
    var copy: [UInt8] {
        [UInt8](capacity: count) { output in
            for index in indices { output.append(self[index]) }
        }
    }
}
