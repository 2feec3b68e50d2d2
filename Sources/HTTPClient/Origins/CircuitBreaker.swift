/// Leaves an origin alone that has failed again and again, and lets one request at a time find out whether it is back.
///
/// Closed until a number of failures in a row; then open for a while, which doubles each time; then half-open: the next
/// request is the probe, on whose outcome it closes or opens again.
struct CircuitBreaker {
    typealias Instant = ContinuousClock.Instant

    /// What an attempt tells about the origin.
    enum Sign {
        /// It answers, be it an error.
        case alive
        /// It cannot be reached, or did not answer in time.
        case dead
        /// The attempt came to no end of its own.
        case none
    }

    /// Leave to send one request; handed back with what came of it.
    enum Permit: Equatable {
        case ordinary
        /// The one request that finds out.
        case probe
    }

    private enum State {
        case closed(failures: Int)
        case open(until: Instant, span: Duration)
        case probing(span: Duration)
    }

    private let threshold: Int
    private let spans: ClosedRange<Duration>
    private var state = State.closed(failures: 0)

    /// - Parameters:
    ///   - threshold: the failures in a row that open it.
    ///   - spans: how long it stays open, first and at most.
    init(threshold: Int = 5, spans: ClosedRange<Duration> = .seconds(5) ... .seconds(60)) {
        self.threshold = threshold
        self.spans = spans
    }

    /// Leave to send a request now; `nil` where the origin is left alone.
    mutating func permit(at now: Instant) -> Permit? {
        switch state {
        case .closed: return .ordinary
        case .open(let end, let span) where end <= now:
            state = .probing(span: span)
            return .probe
        case .open, .probing: return nil
        }
    }

    /// Whether a request that comes now is turned away: it is open, or a probe is under way.
    func isRefusing(at now: Instant) -> Bool {
        switch state {
        case .closed: false
        case .open(let end, _): now < end
        case .probing: true
        }
    }

    /// How long the origin is still left alone; zero while a probe is under way, `nil` when it is not.
    func timeLeft(at now: Instant) -> Duration? {
        switch state {
        case .closed: nil
        case .open(let end, _): max(.zero, now.duration(to: end))
        case .probing: .zero
        }
    }

    /// Takes note of what came of a request.
    ///
    /// - Returns: whether this has opened or closed it.
    @discardableResult
    mutating func note(_ sign: Sign, of permit: Permit, at now: Instant) -> Bool {
        switch (state, sign) {
        case (.closed(let failures), .dead):
            guard failures + 1 >= threshold else {
                state = .closed(failures: failures + 1)
                return false
            }
            state = .open(until: now + spans.lowerBound, span: spans.lowerBound)
            return true
        case (.closed, .alive):
            state = .closed(failures: 0)
            return false
        case (.open, .alive), (.probing, .alive):
            state = .closed(failures: 0)
            return true
        case (.probing(let span), .dead) where permit == .probe:
            let longer = min(span * 2, spans.upperBound)
            state = .open(until: now + longer, span: longer)
        case (.probing(let span), .none) where permit == .probe:
            state = .open(until: now, span: span)  // the next request finds out instead
        case (.closed, .none), (.open, _), (.probing, _): break  // of a request sent before it opened
        }
        return false
    }

    /// Whether it lets every request through and has no failure to remember.
    var isAtRest: Bool {
        if case .closed(failures: 0) = state { true } else { false }
    }
}
