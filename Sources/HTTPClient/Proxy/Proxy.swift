package import BridgeCore
import HTTPMessage

/// A proxy that is asked to connect to origins (RFC 9110 §9.3.6).
struct Proxy: Sendable {
    /// Where it is, without credentials; fit for messages.
    let origin: WebOrigin
    /// User and password as they stand in the URL, `user:password`.
    let credentials: Secret?

    /// Reads `http://HOST[:PORT]` or `https://...`, with credentials before an `@`; a bare `HOST:PORT` is http.
    init?(_ text: String) {
        let parts = text.firstRange(of: "://")
        let scheme = parts.map { text[..<$0.lowerBound] } ?? "http"
        var rest = parts.map { text[$0.upperBound...] } ?? text[...]
        if rest.last == "/" { rest.removeLast() }
        if let at = rest.lastIndex(of: "@") {
            credentials = Secret(Array(rest[..<at].utf8))
            rest = rest[rest.index(after: at)...]
        } else {
            credentials = nil
        }
        guard let origin = WebOrigin("\(scheme)://\(rest)") else { return nil }
        self.origin = origin
    }

    /// Scheme, host and port in full: libcurl takes 1080 for a port that is missing.
    var url: String {
        let host = origin.host.contains(":") ? "[\(origin.host)]" : origin.host
        return "\(origin.isSecure ? "https" : "http")://\(host):\(origin.port)"
    }
}
