import BridgeCore
import HTTPMessage

/// An answer that is none of the service's: a proxy's, a broken one, a late one.
enum TransportFault: String, Sendable, Hashable, CaseIterable {
    case throttled, unavailable
    case serverError = "server-error"
    case badGateway = "bad-gateway"
    case html
    case truncated
    case empty
    case oversized
    case redirect
    case slow
    case hang

    var summary: String {
        switch self {
        case .throttled: "429 with Retry-After: 60 and a body that is no JSON"
        case .unavailable: "503 with Retry-After: 1 and a page"
        case .serverError: "500 with a page"
        case .badGateway: "502 with a page, as a proxy makes it"
        case .html: "200 with a page in the place of JSON"
        case .truncated: "200 with JSON that ends too early"
        case .empty: "200 without a body"
        case .oversized: "200 with 4 MiB of JSON"
        case .redirect: "302 to another host"
        case .slow: "the right answer, after the milliseconds that the fault was set with (5000)"
        case .hang: "nothing for two minutes, then 503"
        }
    }

    /// The answer; `nil` where the right one is late.
    var answer: HTTPResponse? {
        switch self {
        case .throttled:
            var response = HTTPResponse(
                .tooManyRequests, contentType: "text/plain", body: Array("Too Many Requests".utf8))
            response.fields.append(.retryAfter, "60")
            return response
        case .unavailable, .hang:
            var response = HTTPResponse.foreignPage(.serviceUnavailable, "Service Unavailable")
            response.fields.append(.retryAfter, "1")
            return response
        case .serverError: return .foreignPage(.internalServerError, "Server Error in '/' Application.")
        case .badGateway: return .foreignPage(.badGateway, "502 Bad Gateway")
        case .html: return .foreignPage(.ok, "Welcome")
        case .truncated: return json(Array(#"{"value":[{"@odata.etag":"W/\"1"#.utf8))
        case .empty: return json([])
        case .oversized: return json(Self.oversizedBody)
        case .redirect: return .redirect(to: "https://elsewhere.invalid/")
        case .slow: return nil
        }
    }

    /// Made once: in a build without optimization the loops of the library keep a server busy for seconds.
    private static let oversizedBody = Array((String(repeating: " ", count: 4 << 20) + "{}").utf8)

    /// How late the answer is.
    func delay(milliseconds: Int?) -> Duration {
        switch self {
        case .slow: .milliseconds(milliseconds ?? 5000)
        case .hang: .seconds(120)
        default: .zero
        }
    }

    private func json(_ body: [UInt8]) -> HTTPResponse {
        HTTPResponse(.ok, contentType: "application/json; charset=utf-8", body: body)
    }
}
