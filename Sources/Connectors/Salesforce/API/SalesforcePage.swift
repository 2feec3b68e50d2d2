internal import BridgeCore
internal import HTTPMessage

/// One page of rows, and where the next one is (`nextRecordsUrl`).
struct SalesforcePage: Sendable {
    let rows: [JSONValue]
    /// How many rows all pages have together; `nil` where that is not said.
    let total: Int64?
    /// `nil` on the last page.
    let next: RequestURL?

    /// Reads a page.
    ///
    /// - Throws: `upstream_unavailable` where there are no rows, and for a link that leads anywhere but to the data of the
    ///   same org: the token would go there.
    init(_ value: JSONValue, of instance: WebOrigin) throws(ConnectorError) {
        guard let rows = value["records"]?.arrayValue, let isDone = value["done"]?.boolValue else {
            throw .unusable(instance, "answered without the rows that it was asked for")
        }
        self.rows = rows
        total = value["totalSize"]?.integerValue
        guard !isDone else {
            next = nil
            return
        }
        guard let path = value["nextRecordsUrl"]?.stringValue, let url = Self.url(path, instance) else {
            throw .unusable(instance, "named a next page that is not below its own API")
        }
        next = url
    }

    /// A path as it stands, or a URL of the same origin.
    private static func url(_ text: String, _ instance: WebOrigin) -> RequestURL? {
        let url = text.hasPrefix("/") ? RequestURL("\(instance)\(text)") : RequestURL(text)
        guard let url, url.origin == instance, url.target.hasPrefix("/services/data/") else { return nil }
        return url
    }
}
