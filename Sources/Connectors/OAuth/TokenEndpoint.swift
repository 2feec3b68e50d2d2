package import BridgeCore
package import HTTPMessage

/// Asks token endpoints and reads what they answer.
package struct TokenEndpoint: Sendable {
    private let sender: any HTTPSender
    private let clock: any WallClock

    package init(sender: any HTTPSender, clock: any WallClock) {
        self.sender = sender
        self.clock = clock
    }

    /// What is granted for `request`.
    ///
    /// - Parameter explain: what a refusal means, in the vendor's own catalogue.
    /// - Throws: that, `upstream_throttled`, or `upstream_unavailable` where there is no answer that can be read.
    package func grant(
        _ request: TokenRequest, explaining explain: (OAuthRefusal) -> ConnectorError
    ) async throws(ConnectorError) -> TokenGrant {
        switch try await answer(request) {
        case .granted(let grant): return grant
        case .refused(let refusal): throw explain(refusal)
        }
    }

    /// The answer to `request`, a refusal among them.
    ///
    /// - Throws: `upstream_throttled`, or `upstream_unavailable` where there is no answer that can be read.
    package func answer(_ request: TokenRequest) async throws(ConnectorError) -> TokenAnswer {
        let sentAt = clock.now
        let response = try await sender.response(to: request.outgoing)
        return try TokenAnswer(response, to: request, sentAt: sentAt)
    }

    /// The answer of a device authorization endpoint (RFC 8628 §3.2), which refuses as a token endpoint does.
    func deviceAuthorization(
        _ request: TokenRequest, explaining explain: (OAuthRefusal) -> ConnectorError
    ) async throws(ConnectorError) -> DeviceAuthorization {
        let response = try await sender.response(to: request.outgoing)
        if response.status == .ok, let answer = try? JSONValue(parsing: response.body),
            let authorization = DeviceAuthorization(answer, now: clock.now)
        {
            return authorization
        }
        guard case .refused(let refusal) = try TokenAnswer(response, to: request, sentAt: clock.now) else {
            throw .unreadable(response, from: request.url)
        }
        throw explain(refusal)
    }
}

extension HTTPSender {
    /// The response to `request`; what keeps it away is the module's own error.
    func response(to request: OutgoingRequest) async throws(ConnectorError) -> IncomingResponse {
        do throws(SendError) {
            return try await send(request)
        } catch {
            throw ConnectorError(error)
        }
    }
}

extension ConnectorError {
    /// Why there is no response.
    init(_ error: SendError) {
        self.init(
            error.code, error.detail, hint: error.hint,
            fixedBy: error.code == .upstreamThrottled ? nil : .bridgeOperator,
            retryAfter: error.retryAfter.map { $0.components.seconds })
    }
}
