package import BridgeCore

extension RequestURL {
    /// `segments` on `origin`, each percent-encoded, with slashes between them; few and short ones, written in code or
    /// checked before.
    package init(origin: WebOrigin, segments: [String]) {
        var bytes: [UInt8] = []
        for segment in segments {
            bytes.append(UInt8(ascii: "/"))
            PercentEncoding.append(segment.utf8Span.span, to: &bytes)
        }
        self.origin = origin
        target = bytes.isEmpty ? "/" : String(decoding: bytes, as: UTF8.self)
    }

    /// The URL as text, for a `Location` field or for people to copy; it may hold what must not be logged.
    package var text: String { "\(origin)\(target)" }

    /// The same with more fields behind its query, percent-encoded; `nil` where it becomes longer than 16 KiB.
    package func adding(_ fields: [(name: String, value: String)]) -> RequestURL? {
        guard !fields.isEmpty else { return self }
        let added = RequestURL(origin: origin, path: "/", query: fields)?.target.dropFirst(2)
        return added.flatMap { RequestURL("\(origin)\(target)\(target.contains("?") ? "&" : "?")\($0)") }
    }
}
