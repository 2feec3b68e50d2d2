import BridgeCore
import HTTPMessage

/// The requests to one origin: so many at once, the others wait in line, none while the origin is left alone.
final class OriginLane {
    private let origin: WebOrigin
    private let configuration: HTTPClient.Configuration
    private var breaker: CircuitBreaker
    private var lastFailure = ""
    private var running = 0
    private var waiting: [Exchange] = []

    init(_ origin: WebOrigin, _ configuration: HTTPClient.Configuration) {
        self.origin = origin
        self.configuration = configuration
        breaker = CircuitBreaker(threshold: configuration.failuresToSuspend, spans: configuration.suspension)
    }

    /// Whether nothing would be lost with it.
    var isAtRest: Bool { running == 0 && waiting.isEmpty && breaker.isAtRest }

    /// Has `exchange` send when it is its turn, or fail.
    func enter(_ exchange: Exchange) {
        guard waiting.count < configuration.maximumWaiting else {
            return exchange.fail(.overloaded(origin, waiting: waiting.count))
        }
        waiting.append(exchange)
        advance()
    }

    /// `exchange` does not wait any longer.
    func leave(_ exchange: Exchange) {
        waiting.removeAll { $0 === exchange }
    }

    /// An attempt has ended.
    ///
    /// - Parameters:
    ///   - failure: what it failed of; `nil` after a response.
    ///   - hasLostKeptConnection: whether a connection ended that was there before the attempt.
    func attemptEnded(
        with permit: CircuitBreaker.Permit, failure: SendError?, hasLostKeptConnection: Bool = false
    ) {
        running -= 1
        let sign = failure?.failure.sign(isOfKeptConnection: hasLostKeptConnection) ?? .alive
        if let failure, sign == .dead { lastFailure = failure.detail }
        if breaker.note(sign, of: permit, at: .now) { logChange() }
        advance()
    }

    private func advance() {
        while let next = waiting.first {
            if breaker.isRefusing(at: .now) { return refuseAll() }
            guard running < configuration.maximumRequests, let permit = breaker.permit(at: .now) else { return }
            waiting.removeFirst()
            running += 1
            next.attempt(with: permit)
        }
    }

    private func refuseAll() {
        let error = SendError.suspended(origin, last: lastFailure, timeLeft: breaker.timeLeft(at: .now) ?? .zero)
        let refused = waiting
        waiting = []
        for exchange in refused { exchange.fail(error) }
    }

    private func logChange() {
        guard let log = configuration.log else { return }
        guard breaker.isAtRest else {
            let fields: [(name: String, value: LogValue)] = [
                ("origin", .text("\(origin)")), ("failure", .text(lastFailure)),
            ]
            return log.write(.warning, "upstream_suspended", fields)
        }
        log.write(.info, "upstream_resumed", [("origin", .text("\(origin)"))])
    }
}
