internal import BridgeCore
package import HTTPMessage

/// Reads one environment by the Web API, with one token.
///
/// Nothing leaves for another host than the environment's: the rule of every request names it alone, and links to further
/// pages are followed only there.
package struct DataverseClient: Sendable {
    private let sender: any HTTPSender
    let environment: EnvironmentURL
    private let token: AccessToken
    private let caller: DataverseCaller

    package init(sender: any HTTPSender, environment: EnvironmentURL, token: AccessToken, caller: DataverseCaller) {
        self.sender = sender
        self.environment = environment
        self.token = token
        self.caller = caller
    }

    /// The JSON that `query` is answered with.
    ///
    /// - Throws: what the answer means in `DataverseRefusal`'s catalogue, `upstream_unavailable`,
    ///   `upstream_throttled`.
    func value(_ query: DataverseQuery) async throws(ConnectorError) -> JSONValue {
        guard let url = query.url(at: environment.origin) else {
            throw ConnectorError(.internal, "the query does not fit into a URL", fixedBy: .bridgeOperator)
        }
        return try await value(at: url, query.fields)
    }

    /// All rows of a query, page by page.
    ///
    /// - Throws: as `value`; `upstream_unavailable` for a page that is none, one that leads to another host, and rows
    ///   beyond every measure. What was read until then is worth nothing.
    func rows(_ query: DataverseQuery) async throws(ConnectorError) -> [JSONValue] {
        var page = try DataversePage(try await value(query), of: environment)
        var rows = page.rows
        for _ in 0..<Self.largestPageCount {
            guard let next = page.next else { return rows }
            page = try DataversePage(try await value(at: next, query.fields), of: environment)
            rows += page.rows
        }
        throw .unusable(environment, "had more than \(Self.largestPageCount) pages for one question")
    }

    /// 20,000 rows: more roles than anybody has, and an end to an environment that lies.
    private static let largestPageCount = 40

    func value(at url: RequestURL, _ fields: HTTPFields) async throws(ConnectorError) -> JSONValue {
        var request = OutgoingRequest(.get, url, to: HostRule(only: environment.origin))
        request.fields = fields
        request.bearerToken = token.secret
        let response: IncomingResponse
        do throws(SendError) {
            response = try await sender.send(request)
        } catch {
            throw .unsent(error, environment)
        }
        return try DataverseAnswer(response, from: environment, to: caller, hiding: token.secret).value
    }
}

extension ConnectorError {
    /// The environment has not answered at all; a host without an address is one that is not there.
    fileprivate static func unsent(_ error: SendError, _ environment: EnvironmentURL) -> ConnectorError {
        guard error.failure == .unresolved else { return ConnectorError(error) }
        return ConnectorError(
            .environmentNotFound, "there is no host \(environment.origin.host)",
            hint: "check the environment URL: \(EnvironmentURL.example)", fixedBy: .environmentAdministrator)
    }

    /// The environment has answered what can be no answer.
    static func unusable(_ environment: EnvironmentURL, _ what: String) -> ConnectorError {
        ConnectorError(
            .upstreamUnavailable, "\(environment) \(what)",
            hint: "try again; if it lasts, check proxies on the way, then ask Microsoft's support",
            fixedBy: .bridgeOperator)
    }
}
