package import AuthService
package import BridgeCore
package import HTTPMessage

/// Where a finished sign-in returns to: a path of the Cobrowse instance, or a URL of an origin that the tenant lists.
package struct RedirectTarget: Sendable, Hashable {
    /// The whole URL.
    package let url: RequestURL

    /// Reads `redirectTo` of a request.
    ///
    /// - Parameters:
    ///   - text: decoded once, as it is in the request.
    ///   - cobrowse: the origin of `cobrowse_api`.
    ///   - listed: `redirectOrigins` of the tenant.
    /// - Throws: `redirect_not_allowed` for another origin, and for what a browser or a server on the way might take for
    ///   one: see `Path`.
    package init(
        _ text: String, cobrowse: WebOrigin, listed: [RedirectOrigin]
    ) throws(ConnectorError) {
        guard text.utf8.count <= 2048 else { throw Self.refusal("is longer than 2048 bytes") }
        let whole = text.hasPrefix("/") ? "\(cobrowse)\(text)" : text
        // What begins with a slash has to be a path from there on; what does not has to name its origin.
        guard let url = RequestURL(whole) else { throw Self.refusal("\(quoted(text)) is neither a path nor a URL") }
        guard url.origin == cobrowse || listed.contains(where: { $0.value == "\(url.origin)" }) else {
            throw Self.refusal("\(quoted("\(url.origin)")) is not among the tenant's redirectOrigins")
        }
        guard Self.isPlain(url.target) else {
            throw Self.refusal("\(quoted(text)) has a path or query that can be read in two ways")
        }
        self.url = url
    }

    /// What the browser is sent to, with `fields` behind the query.
    package func location(adding fields: [(name: String, value: String)]) -> String? { url.adding(fields)?.text }

    private static func refusal(_ problem: String) -> ConnectorError {
        ConnectorError(
            .redirectNotAllowed, "redirectTo \(problem)",
            hint: "give a path that begins with one slash, or a URL of an origin that the tenant lists")
    }
}

extension RedirectTarget {
    /// Whether a path and query mean the same to everybody who reads them.
    ///
    /// Backslashes are slashes to browsers; an empty segment in front is a host; `%2f`, `%5c` and `%2e` become what they
    /// stand for in servers that decode before they look; dot segments lead elsewhere. And the fields that a finished
    /// sign-in adds must not be there already.
    private static func isPlain(_ target: String) -> Bool {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts[0].lowercased()
        let segments = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard !target.contains("\\"), !["%2f", "%5c", "%2e", "%00"].contains(where: path.contains),
            !segments.dropLast().contains(""), !segments.contains("."), !segments.contains("..")
        else { return false }
        let fields = QueryFields(parts.count == 2 ? String(parts[1]) : "")
        return !["code", "token", "error", "state"].contains(where: fields.contains)
    }
}
