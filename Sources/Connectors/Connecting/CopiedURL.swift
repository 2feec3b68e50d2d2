internal import BridgeCore

/// A URL as an administrator copied it from somewhere: with quotation marks, a path, or without its scheme.
enum CopiedURL {
    /// Whether it is https, and what stands between the scheme and the path.
    ///
    /// - Parameter example: what to copy instead, for the hints.
    /// - Throws: `configuration_invalid`.
    static func parts(
        of text: String, example: String, fixedBy: FixedBy = .tenantAdministrator
    ) throws(ConnectorError) -> (isSecure: Bool, authority: String) {
        func problem(_ text: String, _ hint: String = example) -> ConnectorError {
            ConnectorError(.configurationInvalid, text, hint: hint, fixedBy: fixedBy)
        }
        let text = trimmed(text)
        guard !text.isEmpty else { throw problem("is empty") }
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x5C }) else {
            throw problem("is no URL: it is too long, or holds a space or another character of no URL")
        }
        let schemeEnd = text.firstRange(of: "://")
        let scheme = schemeEnd.map { text[..<$0.lowerBound].lowercased() } ?? "https"
        guard ["https", "http"].contains(scheme) else {
            throw problem("begins with \(quoted(scheme))", "write it with https://")
        }
        let rest = schemeEnd.map { text[$0.upperBound...] } ?? text[...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else { throw problem("names a user in front of the host") }
        return (scheme == "https", String(authority))
    }

    private static func trimmed(_ text: String) -> String {
        let isAround: (Character) -> Bool = { $0.isWhitespace || "\"'<>".contains($0) }
        var rest = text.drop(while: isAround)
        while let last = rest.last, isAround(last) { rest.removeLast() }
        return String(rest)
    }
}
