package import BridgeCore

/// Where a request goes: an origin, and the path and query there.
package struct RequestURL: Sendable, Hashable {
    package let origin: WebOrigin
    /// Path and query as they are sent, at most 16 KiB.
    package let target: String

    /// Reads an absolute URL; `nil` where it is none, names a user, has a fragment, or holds anything but visible ASCII.
    package init?(_ text: String) {
        guard let schemeEnd = text.firstRange(of: "://")?.upperBound else { return nil }
        let end = text[schemeEnd...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? text.endIndex
        guard let origin = WebOrigin(text[..<end]) else { return nil }
        let rest = text[end...]
        self.init(origin: origin, target: rest.hasPrefix("/") ? String(rest) : "/\(rest)")
    }

    /// `path` on `origin`, with `query` percent-encoded; `nil` where `path` does not begin with `/` or holds `?`, `#`
    /// or anything but visible ASCII.
    package init?(origin: WebOrigin, path: String, query: [(name: String, value: String)] = []) {
        guard path.hasPrefix("/"), !path.utf8.contains(UInt8(ascii: "?")) else { return nil }
        var bytes = Array(path.utf8)
        for (index, field) in query.enumerated() {
            bytes.append(index == 0 ? UInt8(ascii: "?") : UInt8(ascii: "&"))
            PercentEncoding.append(field.name.utf8Span.span, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            PercentEncoding.append(field.value.utf8Span.span, to: &bytes)
        }
        self.init(origin: origin, target: String(decoding: bytes, as: UTF8.self))
    }

    private init?(origin: WebOrigin, target: String) {
        guard target.utf8.count <= 16 << 10,
            target.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { return nil }
        self.origin = origin
        self.target = target
    }
}

extension RequestURL: CustomStringConvertible, CustomReflectable {
    /// The origin alone: path and query may name people or hold secrets.
    package var description: String { "\(origin)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
