import HTTPMessage

/// Whether a request is sent once more; one is made for each request and told of every outcome.
struct RetryPolicy {
    /// What an attempt came to.
    enum Outcome {
        case response(HTTPStatus, retryAfter: Duration?)
        case failure(SendError.Failure)
    }

    private let isSafe: Bool
    private let repeatsServerErrors: Bool
    private var waits = 0
    private var hasReconnected = false
    private var hasRepeated = false

    /// - Parameter repeatsServerErrors: whether the caller says that sending it twice does no harm.
    init(_ method: HTTPMethod, repeatsServerErrors: Bool) {
        self.isSafe = method == .get || method == .head
        self.repeatsServerErrors = repeatsServerErrors
    }

    /// How long to wait before the next attempt; `nil` where `outcome` is the last word.
    ///
    /// A 429 or 503 that says when to come back is honoured for every method, up to three times: the server has turned
    /// the request away unread. After a connection that failed another one is tried, once, and for GET and HEAD only.
    /// - Parameter timeLeft: of the time that the request has for everything.
    mutating func delay(after outcome: Outcome, timeLeft: Duration) -> Duration? {
        let delay: Duration? =
            switch outcome {
            case .response(let status, let retryAfter): self.delay(after: status, retryAfter)
            case .failure(let failure): self.delay(after: failure)
            }
        guard let delay, delay < timeLeft else { return nil }
        return delay
    }

    private mutating func delay(after status: HTTPStatus, _ retryAfter: Duration?) -> Duration? {
        if status == .tooManyRequests || status == .serviceUnavailable, let retryAfter {
            waits += 1
            return waits <= 3 ? retryAfter : nil
        }
        guard Self.serverErrors.contains(status.rawValue), repeatsServerErrors, !hasRepeated else { return nil }
        hasRepeated = true
        return .milliseconds(200)
    }

    private mutating func delay(after failure: SendError.Failure) -> Duration? {
        guard isSafe, !hasReconnected, failure.isOfConnection else { return nil }
        hasReconnected = true
        return .milliseconds(50)
    }

    private static let serverErrors: Set<UInt16> = [500, 502, 503, 504]
}
