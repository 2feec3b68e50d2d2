internal import BridgeCore
internal import HTTPMessage

/// One page of rows, and where the next one is (`@odata.nextLink`).
struct DataversePage: Sendable {
    let rows: [JSONValue]
    /// As the environment wrote it, whose cookie is its own matter; `nil` on the last page.
    let next: RequestURL?

    /// Reads a page.
    ///
    /// - Throws: `upstream_unavailable` where there are no rows, and for a link that leads anywhere but to the data of
    ///   the same environment: the token would go there.
    init(_ value: JSONValue, of environment: EnvironmentURL) throws(ConnectorError) {
        guard let rows = value["value"]?.arrayValue else {
            throw .unusable(environment, "answered without the rows that it was asked for")
        }
        self.rows = rows
        guard let link = value["@odata.nextLink"] else {
            next = nil
            return
        }
        guard let url = link.stringValue.flatMap(RequestURL.init), url.origin == environment.origin,
            url.target.hasPrefix("/api/data/")
        else { throw .unusable(environment, "named a next page that is not below its own Web API") }
        next = url
    }
}
