internal import BridgeCore

/// The path of an operation, with names where a request has values: `/api/1/tenants/{license}/keys/{keyId}`.
struct PathTemplate: Sendable, Hashable {
    /// As OpenAPI writes it.
    let text: String
    private let segments: [Segment]

    private enum Segment: Sendable, Hashable {
        case literal(String)
        case parameter(String)
    }

    init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.first == "{" ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
    }

    /// The names, in their order.
    var parameterNames: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// The values a path has under the names, decoded; `nil` for another path.
    ///
    /// Literal parts are compared as they were sent: an encoded letter makes another path, as everywhere here.
    func values(in path: String) -> [String: String]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            switch segment {
            case .literal(let text): guard part == text else { return nil }
            case .parameter(let name):
                guard let value = PercentEncoding.decode(part.utf8), !value.isEmpty else { return nil }
                values[name] = value
            }
        }
        return values
    }
}
