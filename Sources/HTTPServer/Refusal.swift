package import HTTPMessage

/// Why a request is answered by the server itself; the connection is closed afterwards.
package struct Refusal: Error, Sendable, Hashable {
    package let status: HTTPStatus
    /// What was wrong, one clause in lower case without a full stop. Never quotes the request.
    package let detail: String

    init(_ status: HTTPStatus, _ detail: String) {
        self.status = status
        self.detail = detail
    }

    /// A request that breaks the grammar of RFC 9112, or is ambiguous: 400.
    static func malformed(_ detail: String) -> Refusal { Refusal(.badRequest, detail) }
}
