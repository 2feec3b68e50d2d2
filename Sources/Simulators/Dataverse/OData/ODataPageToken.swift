/// Where a page begins; opaque to a client, in the form of the real one.
struct ODataPageToken: Sendable {
    /// Counts from 2 on.
    let page: Int
    /// How many rows come before: rows of the table, or of the sorted result.
    let position: Int

    init(page: Int, position: Int) {
        (self.page, self.position) = (page, position)
    }

    /// Reads what `text` writes.
    ///
    /// - Throws: 400 for anything else: a link has to be followed as it was received.
    init(_ text: String) throws(DataverseError) {
        guard let page = Self.number(between: "<cookie pagenumber=\"", and: "\"", in: text),
            let position = Self.number(between: "%20last%3d%22", and: "%22", in: text), page > 1, position >= 0
        else { throw .query("Malformed XML in the Paging Cookie") }
        let token = ODataPageToken(page: page, position: position)
        guard token.text == text else { throw .query("Malformed XML in the Paging Cookie") }
        self = token
    }

    /// Before it is encoded for the link.
    var text: String {
        let inner = "%3ccookie%20page%3d%22\(page - 1)%22%3e%3crow%20last%3d%22\(position)%22%2f%3e%3c%2fcookie%3e"
        return "<cookie pagenumber=\"\(page)\" pagingcookie=\"\(inner)\" istracking=\"False\" />"
    }

    private static func number(between start: String, and end: String, in text: String) -> Int? {
        guard let from = text.firstRange(of: start), let to = text[from.upperBound...].firstRange(of: end) else {
            return nil
        }
        return Int(text[from.upperBound..<to.lowerBound])
    }
}
