internal import AuthService
internal import BridgeCore
internal import HTTPMessage

/// `POST /api/1/sso/exchange`: the token of a finished sign-in for the code that the browser brought.
struct CodeExchange: Sendable {
    let refused: RefusedLogins
    /// Hands tokens over, by the settings of the moment.
    let handOff: @Sendable () -> SignInHandOff
    let clock: any WallClock
    let log: any Log

    /// Answers whoever brings `code`; what is wrong with it counts for the limit.
    func exchange(_ code: String, from caller: Caller) async -> HTTPResponse {
        let now = clock.now
        var reason: any ReasonedError
        do {
            try refused.check(caller, now: now)
            return answer(try await handOff().exchange(code, at: now))
        } catch {
            reason = error as? any ReasonedError ?? StoreError(.internal, "unexpected error")
        }
        if reason.code != .internal, reason.code != .rateLimited {
            do throws(TooManyRefusals) {
                try refused.count(caller, license: nil, now: now)
            } catch {
                reason = error
            }
        }
        log.writeRefusal(reason, requestID: caller.requestID, decisionID: nil, address: caller.address)
        return ProblemDocument(answering: reason, requestID: caller.requestID).response
    }

    private func answer(_ handed: HandedToken) -> HTTPResponse {
        var writer = JSONWriter(capacity: 2_048)
        writer.mintedToken(handed.minted)
        return HTTPResponse(
            .ok,
            fields: [
                HTTPField(.contentType, "application/json"), HTTPField(.cacheControl, "no-store"),
                HTTPField(.xDecisionID, HTTPFieldValue(replacingIllegalIn: handed.decisionID)),
            ], body: writer.bytes)
    }
}
