internal import HTTPMessage
internal import HTTPServer
internal import WebConsole

/// A request of a sign-in, copied out of the buffers it was read into: its answer takes longer than they live.
struct BrowserRequest: Sendable {
    let caller: Caller
    /// What follows the `?`, as it was sent; it holds codes and states, and is not for the log.
    let query: String
    /// The values of all `Cookie` fields.
    let cookies: [String]
    /// Whether somebody looks at the answer, so that it has to be a page.
    let wantsPage: Bool
    let language: Language

    init(_ request: borrowing HTTPRequestView, from caller: Caller) {
        self.caller = caller
        query = if let query = request.query { String(decoding: query.copy, as: UTF8.self) } else { "" }
        cookies = request.values(of: "Cookie")
        wantsPage = MediaRanges(request.values(of: "Accept")).nameHTML
        language = Language(accepting: request.field("Accept-Language"))
    }
}

/// The values of `Accept`, as far as they tell a browser from a program (RFC 9110 §12.5.1).
struct MediaRanges {
    /// Whether HTML is asked for by its name; `*/*`, which programs send, is no name.
    let nameHTML: Bool

    init(_ fields: [String]) {
        let items = fields.flatMap { $0.lowercased().split(separator: ",") }
        nameHTML = items.contains { item in
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let type = parts.first, type == "text/html" || type == "application/xhtml+xml" else { return false }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }?.dropFirst(2) ?? "1"
            return weight.contains { ("1"..."9").contains($0) }
        }
    }
}
