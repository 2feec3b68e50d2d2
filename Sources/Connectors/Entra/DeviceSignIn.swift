package import BridgeCore

/// The steps of a sign-in by device code: when to wait, when to ask, when to give up (RFC 8628 §3.4, §3.5).
package struct DeviceSignIn: Sendable {
    /// What has happened.
    package enum Event: Sendable {
        case waited
        case granted(TokenGrant)
        case refused(OAuthRefusal)
        /// There was no answer that could be read.
        case unanswered(ConnectorError)
    }

    /// What is to be done.
    package enum Action: Sendable {
        /// Wait, then say `waited`.
        case wait(seconds: Int64)
        /// Ask the token endpoint.
        case ask
        case finish(TokenGrant)
        case fail(ConnectorError)
    }

    private let expiresAt: Timestamp
    private var interval: Int64
    /// Why the last request had no answer; `nil` once there was one.
    private var failure: ConnectorError?

    package init(_ authorization: DeviceAuthorization) {
        expiresAt = authorization.expiresAt
        interval = authorization.interval
    }

    /// The first thing to do.
    package var start: Action { .wait(seconds: interval) }

    /// What to do after `event`.
    package mutating func next(after event: Event, now: Timestamp) -> Action {
        switch event {
        case .waited: return now < expiresAt ? .ask : .fail(failure ?? Self.expired)
        case .granted(let grant): return .finish(grant)
        case .unanswered(let error):
            // The network's fault or the server's: less often from now on. Ours does not pass.
            guard [.upstreamUnavailable, .upstreamThrottled].contains(error.code) else { return .fail(error) }
            failure = error
            interval = min(max(interval * 2, error.retryAfter ?? 0), 60)
            return .wait(seconds: interval)
        case .refused(let refusal):
            failure = nil
            switch refusal.error {
            case "authorization_pending": return .wait(seconds: interval)
            case "slow_down":
                interval = min(interval + 5, 60)
                return .wait(seconds: interval)
            case "expired_token": return .fail(Self.expired)
            default: return .fail(EntraErrors.explain(refusal, at: .authorization))
            }
        }
    }

    private static let expired = ConnectorError(
        .codeInvalid, "nobody entered the code in time", hint: "start again, and enter the new code", fixedBy: .agent)
}
