package import BridgeCore
package import HTTPMessage

/// Reads one org by the REST API, with one token.
///
/// Nothing leaves for another host than the org's instance: the rule of every request names it alone, and further pages are
/// asked for only there.
package struct SalesforceClient: Sendable {
    /// Spring '26.
    package static let version = "v66.0"

    private let sender: any HTTPSender
    /// Where the org's API is found.
    package let instance: WebOrigin
    private let token: AccessToken
    private let caller: SalesforceCaller
    let traits: OrgTraits

    /// - Parameter instance: checked by `SalesforceHosts`.
    package init(
        sender: any HTTPSender, instance: WebOrigin, token: AccessToken, caller: SalesforceCaller,
        traits: OrgTraits = OrgTraits()
    ) {
        self.sender = sender
        self.instance = instance
        self.token = token
        self.caller = caller
        self.traits = traits
    }

    /// Asks as the integration user of `session`.
    package init(sender: any HTTPSender, session: SalesforceSession) {
        self.init(
            sender: sender, instance: session.instance, token: session.token, caller: .integrationUser,
            traits: session.traits)
    }

    /// All rows of a query, page by page.
    ///
    /// - Throws: what the answer means in `SalesforceRefusal`'s catalogue, `upstream_unavailable`, `upstream_throttled`;
    ///   `upstream_unavailable` also for rows beyond every measure. What was read until then is worth nothing.
    package func query(_ query: SOQL) async throws(ConnectorError) -> [JSONValue] {
        let first = try await firstPage(query)
        var (rows, next) = (first.rows, first.next)
        for count in 1...Self.largestPageCount {
            guard let place = next else {
                try check(rows.count, first.total)
                return rows
            }
            guard count < Self.largestPageCount else { break }
            let page = try SalesforcePage(try await value(at: place), of: instance)
            rows += page.rows
            next = page.next
        }
        throw .unusable(instance, "had more than \(Self.largestPageCount) pages for one question")
    }

    /// 20,000 rows: more than anybody has, and an end to an org that lies.
    private static let largestPageCount = 10

    /// Hands the rows of a query on page by page, so that never more than one is in memory.
    ///
    /// - Throws: as `query`, and what `body` throws; `upstream_unavailable` for pages that lead nowhere, and for more rows than
    ///   were counted.
    package func forEachPage(_ query: SOQL, _ body: ([JSONValue]) async throws -> Void) async throws {
        var page = try await firstPage(query)
        var places: Set<String> = []
        guard let total = page.total else {
            throw ConnectorError.unusable(instance, "did not say how many rows it has")
        }
        var count = 0
        var emptyCount = 0
        while true {
            count += page.rows.count
            if Int64(count) > total { try check(count, total) }
            try await body(page.rows)
            guard let next = page.next else { return try check(count, total) }
            emptyCount = page.rows.isEmpty ? emptyCount + 1 : 0
            guard places.insert(next.target).inserted, emptyCount < Self.largestEmptyCount else {
                throw ConnectorError.unusable(instance, "named pages without end")
            }
            page = try SalesforcePage(try await value(at: next), of: instance)
        }
    }

    /// Rows that are missing, or came twice, are no answer: what they say may be said of nobody.
    private func check(_ count: Int, _ total: Int64?) throws(ConnectorError) {
        guard let total, total != Int64(count) else { return }
        throw .unusable(instance, "answered with \(count) rows where it had counted \(total)")
    }

    /// How many pages without a row may follow one another.
    private static let largestEmptyCount = 4

    private func firstPage(_ query: SOQL) async throws(ConnectorError) -> SalesforcePage {
        let url = RequestURL(
            origin: instance, path: "/services/data/\(Self.version)/query", query: [("q", query.text)])
        guard let url else {
            throw ConnectorError(.internal, "the query does not fit into a URL", fixedBy: .bridgeOperator)
        }
        return try SalesforcePage(try await value(at: url), of: instance)
    }

    /// The JSON that is found at `url`, which lies at the instance.
    ///
    /// - Throws: as `query`.
    func value(at url: RequestURL) async throws(ConnectorError) -> JSONValue {
        var request = OutgoingRequest(.get, url, to: HostRule(only: instance))
        request.fields = [HTTPField(.accept, "application/json")]
        request.bearerToken = token.secret
        let response = try await sender.response(to: request)
        let body = try? JSONValue(parsing: response.body)
        guard response.status == .ok else {
            throw SalesforceRefusal(response, body, hiding: token.secret).meaning(instance, caller)
        }
        guard let body, body.objectValue != nil else {
            throw .unusable(instance, "answered with something that is no data")
        }
        return body
    }
}

extension ConnectorError {
    /// An org has answered what can be no answer.
    static func unusable(_ instance: WebOrigin, _ what: String) -> ConnectorError {
        ConnectorError(
            .upstreamUnavailable, "\(instance) \(what)",
            hint: "try again; if it lasts, check proxies on the way, then ask Salesforce's support",
            fixedBy: .bridgeOperator)
    }
}
