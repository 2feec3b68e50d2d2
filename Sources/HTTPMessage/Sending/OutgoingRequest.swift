package import BridgeCore

/// A request to another server, with the hosts it is meant for and what it may cost.
package struct OutgoingRequest: Sendable {
    package var method: HTTPMethod
    package var url: RequestURL
    /// Where it may be sent; judged before anything is.
    package var rule: HostRule
    /// Nothing secret. `Host`, `Content-Length`, `Content-Type`, `Authorization`, `Expect`, `User-Agent` and what
    /// concerns the connection are the sender's: given here, they are left out.
    package var fields: HTTPFields = []
    /// Sent as `Authorization: Bearer`.
    package var bearerToken: Secret?
    package var body: RequestBody?
    /// For everything together: waiting for a connection, resolving, connecting, the response, and what is repeated.
    package var timeLimit = Duration.seconds(15)
    /// The most bytes that the body of the response may have.
    package var responseLimit = 1 << 20
    /// Whether it is sent once more after a 500, 502, 503 or 504: for token endpoints.
    package var repeatsServerErrors = false

    package init(_ method: HTTPMethod, _ url: RequestURL, to rule: HostRule) {
        self.method = method
        self.url = url
        self.rule = rule
    }

    /// What an answer of a token endpoint may have at most: 64 KiB.
    package static let tokenResponseLimit = 64 << 10
}

extension OutgoingRequest: CustomStringConvertible, CustomReflectable {
    /// Method and origin: path, query, fields and body may name people or hold secrets.
    package var description: String { "\(method.rawValue) \(url)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
