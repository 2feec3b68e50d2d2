import BridgeCore
import HTTPMessage

/// What an answer of Entra's is found by in its logs; every error carries it.
struct EntraTrace: Sendable {
    let traceID: GUID
    let correlationID: GUID
    let time: Timestamp

    /// `2026-11-30 09:30:00Z`.
    var timestamp: String { time.description.split(separator: "T").joined(separator: " ") }
}

extension EntraError {
    /// The text of `error_description`.
    func description(_ trace: EntraTrace) -> String {
        "AADSTS\(number): \(text)\r\nTrace ID: \(trace.traceID)\r\nCorrelation ID: \(trace.correlationID)\r\n"
            + "Timestamp: \(trace.timestamp)"
    }

    /// The answer of a token or a metadata endpoint.
    func answer(_ trace: EntraTrace, at address: EntraAddress) -> HTTPResponse {
        .json(status) { writer in
            writer.object { writer in
                writer.member("error", error)
                writer.member("error_description", description(trace))
                writer.name("error_codes")
                writer.array { $0.integer(number) }
                writer.member("timestamp", trace.timestamp)
                writer.member("trace_id", trace.traceID.value)
                writer.member("correlation_id", trace.correlationID.value)
                writer.member("error_uri", "\(address.origin)/error?code=\(number)")
            }
        }
    }

    /// The page a person sees where there is no redirect URI that could be trusted, or no way on.
    func page(_ trace: EntraTrace) -> HTTPResponse {
        let lines = description(trace).split(separator: "\r\n").map { HTTPResponse.escaped(String($0)) }
        return .page(
            .badRequest, title: "Sorry, but we’re having trouble signing you in.",
            "<p>\(lines.joined(separator: "<br>"))</p>")
    }
}
