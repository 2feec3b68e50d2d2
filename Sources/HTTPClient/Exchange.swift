import BridgeCore
internal import CCurl
import EventLoop
import HTTPMessage

/// One request from its beginning to its response or error, with the attempts it takes. On its loop only.
final class Exchange: @unchecked Sendable {  // touched on the loop's thread only, once it is made
    private enum Phase {
        case new
        /// In the lane of its origin.
        case waiting
        case sending(Transfer, CircuitBreaker.Permit)
        /// The attempt could not begin, which the lane learns on the next turn of the loop.
        case stranded
        /// Until the next attempt.
        case pausing(LoopTimer)
        case ended
    }

    private let request: OutgoingRequest
    private let origins: OriginTable
    private var phase = Phase.new
    private var isCancelled = false
    private var needsFreshConnection = false
    private var policy: RetryPolicy
    private var route = Transfer.Route(rule: .publicOnly, proxy: nil)
    private var end = ContinuousClock.now
    private var deadline: LoopTimer?
    private var continuation: CheckedContinuation<Result<IncomingResponse, SendError>, Never>?

    init(_ request: OutgoingRequest, _ origins: OriginTable) {
        self.request = request
        self.origins = origins
        policy = RetryPolicy(request.method, repeatsServerErrors: request.repeatsServerErrors)
    }

    private var origin: WebOrigin { request.url.origin }
    private var lane: OriginLane { origins.lane(for: origin) }

    /// Judges the request and gets in line.
    func begin(_ continuation: CheckedContinuation<Result<IncomingResponse, SendError>, Never>) {
        self.continuation = continuation
        guard !isCancelled, origins.add(self) else { return fail(.cancelled(origin)) }
        do {
            route = try origins.configuration.route(for: request)
        } catch {
            return fail(error)
        }
        end = .now + request.timeLimit
        deadline = origins.loop.schedule(after: request.timeLimit) { [self] in expire() }
        enter()
    }

    /// The task has been cancelled.
    func cancel() {
        isCancelled = true
        guard case .new = phase else { return fail(.cancelled(origin)) }
    }

    /// The lane lets it send.
    func attempt(with permit: CircuitBreaker.Permit) {
        do throws(SendError) {
            guard let multi = origins.multi else { throw .cancelled(origin) }
            let transfer = try Transfer(request, route: route, configuration: origins.configuration, origins.library)
            if needsFreshConnection { transfer.openConnection() }
            try multi.add(transfer) { [self] code in transferEnded(code) }
            phase = .sending(transfer, permit)
        } catch {
            phase = .stranded
            // Not at once: the lane is about to begin others, and would call itself once for each of them.
            origins.loop.execute { [self] in
                guard case .stranded = phase else { return lane.attemptEnded(with: permit, failure: error) }
                conclude(.failure(error), permit)
            }
        }
    }

    /// Ends without a response.
    func fail(_ error: SendError) {
        finish(.failure(error))
    }
}

// What ends it, or an attempt.
extension Exchange {
    private func enter() {
        phase = .waiting
        lane.enter(self)
    }

    private func transferEnded(_ code: CURLcode) {
        guard case .sending(let transfer, let permit) = phase else { return }
        conclude(transfer.result(code), permit, hasLostKeptConnection: transfer.hasLostKeptConnection(code))
    }

    /// An attempt has ended: tries again, or ends.
    private func conclude(
        _ result: Result<IncomingResponse, SendError>, _ permit: CircuitBreaker.Permit,
        hasLostKeptConnection: Bool = false
    ) {
        phase = .ended  // for what the lane is about to do
        let failure: SendError? = if case .failure(let error) = result { error } else { nil }
        // First, so that whoever is answered finds the origin as the answer leaves it.
        lane.attemptEnded(with: permit, failure: failure, hasLostKeptConnection: hasLostKeptConnection)
        // Others that are kept may have ended with it.
        needsFreshConnection = failure?.failure.isOfConnection == true
        let (outcome, retryAfter) = outcome(of: result)
        if let delay = policy.delay(after: outcome, timeLeft: ContinuousClock.now.duration(to: end)) {
            let timer = origins.loop.schedule(after: delay) { [self] in enter() }
            phase = .pausing(timer)
        } else if case .success(let response) = result, response.status == .tooManyRequests {
            finish(.failure(.throttled(origin, retryAfter: retryAfter)))
        } else {
            finish(result)
        }
    }

    private func outcome(of result: Result<IncomingResponse, SendError>) -> (RetryPolicy.Outcome, Duration?) {
        switch result {
        case .success(let response):
            let now = origins.configuration.clock.now
            let retryAfter = response.fields[.retryAfter].flatMap { RetryAfter.delay($0.text, now: now) }
            return (.response(response.status, retryAfter: retryAfter), retryAfter)
        case .failure(let error): return (.failure(error.failure), nil)
        }
    }

    private func expire() {
        if case .sending(let transfer, _) = phase {
            fail(transfer.expired(after: request.timeLimit))
        } else {
            fail(.queued(origin, limit: request.timeLimit))
        }
    }

    private func finish(_ result: Result<IncomingResponse, SendError>) {
        guard let continuation else { return }
        self.continuation = nil
        origins.remove(self)
        deadline?.cancel()
        deadline = nil
        let last = phase
        phase = .ended
        continuation.resume(returning: result)
        switch last {
        case .new, .stranded, .ended: break
        case .waiting: lane.leave(self)
        case .pausing(let timer): timer.cancel()
        case .sending(let transfer, let permit):
            origins.multi?.remove(transfer)
            let failure: SendError? = if case .failure(let error) = result { error } else { nil }
            lane.attemptEnded(with: permit, failure: failure)
        }
    }
}
