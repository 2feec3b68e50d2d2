internal import BridgeCore
internal import HTTPMessage

extension DataverseClient {
    /// Hands the rows of a query on page by page, so that never more than one is in memory.
    ///
    /// - Throws: as `value`, and what `body` throws; `upstream_unavailable` for pages that lead nowhere.
    func forEachPage(
        _ query: DataverseQuery, _ body: ([JSONValue]) async throws -> Void
    ) async throws {
        var page = try DataversePage(try await value(query), of: environment)
        var links: Set<String> = []
        var emptyCount = 0
        while true {
            try await body(page.rows)
            guard let next = page.next else { return }
            emptyCount = page.rows.isEmpty ? emptyCount + 1 : 0
            guard links.insert(next.target).inserted, emptyCount < Self.largestEmptyCount else {
                throw ConnectorError.unusable(environment, "named pages without end")
            }
            page = try DataversePage(try await value(at: next, query.fields), of: environment)
        }
    }

    /// How many pages without a row may follow one another.
    private static let largestEmptyCount = 4
}
