import HTTPMessage
import Testing

@testable import HTTPClient

@Suite("A request is sent again")
struct RetryPolicyTests {
    /// What came of the attempts one after the other, and the waits between them in milliseconds; the last word has none.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let method: HTTPMethod
        let repeatsServerErrors: Bool
        let outcomes: [RetryPolicy.Outcome]
        let delays: [Int?]

        init(
            _ name: String, method: HTTPMethod = .get, repeating: Bool = false, _ outcomes: [RetryPolicy.Outcome],
            _ delays: [Int?]
        ) {
            testDescription = name
            self.method = method
            repeatsServerErrors = repeating
            self.outcomes = outcomes
            self.delays = delays
        }
    }

    private static func status(_ code: UInt16, after seconds: Int? = nil) -> RetryPolicy.Outcome {
        .response(HTTPStatus(rawValue: code), retryAfter: seconds.map { .seconds($0) })
    }

    private static let rows: [Row] = [
        Row("200", [status(200)], [nil]),
        Row("200 with Retry-After", [status(200, after: 1)], [nil]),
        Row("302", [status(302)], [nil]),
        Row("401", [status(401)], [nil]),
        Row("429 without Retry-After", [status(429)], [nil]),
        Row("429, every method", method: .post, [status(429, after: 2)], [2000]),
        Row("503, every method", method: .patch, [status(503, after: 0)], [0]),
        Row("429 four times", [1, 2, 3, 4].map { status(429, after: $0) }, [1000, 2000, 3000, nil]),
        Row("429 and 503 together", [status(429, after: 1), status(503, after: 1)], [1000, 1000]),
        Row("beyond the time", [status(429, after: 10)], [nil]),
        Row("just within the time", [status(429, after: 9)], [9000]),
        Row("502 with Retry-After", [status(502, after: 1)], [nil]),
        Row("503 without Retry-After", [status(503)], [nil]),
        Row("500", [status(500)], [nil]),
        Row("500 of a token endpoint", method: .post, repeating: true, [status(500), status(500)], [200, nil]),
        Row("504 of a token endpoint", method: .post, repeating: true, [status(504)], [200]),
        Row(
            "503 of a token endpoint", method: .post, repeating: true, [status(503), status(503, after: 1)],
            [200, 1000]),
        Row("503 of a token endpoint, too long", method: .post, repeating: true, [status(503, after: 10)], [nil]),
        Row("501 of a token endpoint", method: .post, repeating: true, [status(501)], [nil]),
        Row("no connection", [.failure(.unconnected), .failure(.unconnected)], [50, nil]),
        Row("no connection, then another", [.failure(.unresolved), .failure(.interrupted)], [50, nil]),
        Row("no handshake", method: .head, [.failure(.handshake)], [50]),
        Row("no connection, then 429", [.failure(.interrupted), status(429, after: 1)], [50, 1000]),
        Row("no connection for POST", method: .post, [.failure(.unconnected)], [nil]),
        Row("interrupted POST of a token endpoint", method: .post, repeating: true, [.failure(.interrupted)], [nil]),
        Row("interrupted PUT", method: .put, [.failure(.interrupted)], [nil]),
        Row("bad certificate", [.failure(.certificate)], [nil]),
        Row("deadline", [.failure(.deadline)], [nil]),
        Row("private address", [.failure(.addressNotAllowed)], [nil]),
        Row("too large", [.failure(.tooLarge)], [nil]),
        Row("left alone", [.failure(.suspended)], [nil]),
        Row("cancelled", [.failure(.cancelled)], [nil]),
    ]

    @Test("where that is safe, and there is time", arguments: rows) func deciding(row: Row) {
        var policy = RetryPolicy(row.method, repeatsServerErrors: row.repeatsServerErrors)
        let delays = row.outcomes.map { policy.delay(after: $0, timeLeft: .seconds(10)) }
        #expect(delays == row.delays.map { $0.map { .milliseconds($0) } })
    }
}
