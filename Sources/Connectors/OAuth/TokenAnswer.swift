internal import BridgeCore
internal import HTTPMessage

/// What a token endpoint answered.
package enum TokenAnswer: Sendable {
    case granted(TokenGrant)
    /// It said no, with a 400 or a 401: both are used, for the same reasons.
    case refused(OAuthRefusal)

    /// Reads a response of any status and form.
    ///
    /// - Throws: `upstream_throttled`, `upstream_unavailable`.
    init(_ response: IncomingResponse, to request: TokenRequest, sentAt: Timestamp) throws(ConnectorError) {
        let answer = try? JSONValue(parsing: response.body)
        switch response.status.rawValue {
        case 200:
            guard let grant = answer.flatMap({ TokenGrant($0, sentAt: sentAt) }) else {
                throw .unreadable(response, from: request.url)
            }
            self = .granted(grant)
        case 429: throw .throttled(by: request.url, response)
        case 400..<500:
            // Front doors and proxies answer with pages, which say nothing of credentials.
            guard let refusal = answer.flatMap({ OAuthRefusal($0, hiding: request.secrets) }) else {
                throw .unreadable(response, from: request.url)
            }
            self = .refused(refusal)
        default: throw .unreadable(response, from: request.url)
        }
    }
}

extension ConnectorError {
    /// The answer has a status or a form that nothing can be learnt from.
    static func unreadable(_ response: IncomingResponse, from url: RequestURL) -> ConnectorError {
        let status = response.status.rawValue
        return ConnectorError(
            .upstreamUnavailable, "\(url.origin) answered \(status) with nothing that can be read",
            hint: status >= 500
                ? "try again; if it lasts, look at the provider's status page"
                : "check the URL, and proxies on the way",
            fixedBy: status >= 500 ? nil : .bridgeOperator)
    }

    /// The server asks to be left alone for a while.
    static func throttled(by url: RequestURL, _ response: IncomingResponse) -> ConnectorError {
        let seconds = response.fields[.retryAfter].flatMap { Int64($0.text) } ?? 60
        return ConnectorError(
            .upstreamThrottled, "\(url.origin) answered 429: too many requests", hint: "wait \(seconds) s",
            retryAfter: min(max(seconds, 0), 3600))
    }
}
