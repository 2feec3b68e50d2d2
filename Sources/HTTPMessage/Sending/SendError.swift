package import BridgeCore

/// Why there is no response: what failed, at which origin, and what to do. Never a path, a query, a field or a body.
package struct SendError: ReasonedError, Equatable {
    /// What failed.
    package enum Failure: Sendable, Hashable {
        /// The rule of the request does not allow the host, or the URL is not https.
        case hostNotAllowed
        /// The host is at a private, loopback or link-local address, and no setting allows that.
        case addressNotAllowed
        /// The name has no address.
        case unresolved
        /// Nobody accepts connections there, or the proxy refuses to.
        case unconnected
        /// No TLS 1.2 or 1.3 could be agreed upon.
        case handshake
        /// The certificate does not prove the host.
        case certificate
        /// The time limit has passed.
        case deadline
        /// The connection ended before the response did.
        case interrupted
        /// What came is no HTTP response.
        case malformed
        /// The response is over the limit.
        case tooLarge
        /// The server asks to wait for longer than there is time (429).
        case throttled
        /// The origin has failed again and again, and is left alone for a while.
        case suspended
        /// Too many requests wait for the origin.
        case overloaded
        /// The task was cancelled.
        case cancelled
        /// This machine or this process could not do it.
        case local
    }

    package let failure: Failure
    package let code: ReasonCode
    package let detail: String
    package let hint: String?
    /// How long the server has asked to wait, or the client is going to leave the origin alone.
    package let retryAfter: Duration?

    package init(
        _ failure: Failure, _ code: ReasonCode, _ detail: String, hint: String? = nil, retryAfter: Duration? = nil
    ) {
        self.failure = failure
        self.code = code
        self.detail = detail
        self.hint = hint
        self.retryAfter = retryAfter
    }

    /// Equal when failure and code are: texts are for people.
    package static func == (left: SendError, right: SendError) -> Bool {
        left.failure == right.failure && left.code == right.code
    }
}
