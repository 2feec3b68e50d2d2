internal import BridgeCore
internal import HTTPMessage

/// What an environment answered: JSON, or the reason why not.
struct DataverseAnswer {
    let value: JSONValue

    /// Reads a response of any status and form.
    ///
    /// - Parameter token: what must not come back in a message.
    /// - Throws: what it means, by `DataverseRefusal`.
    init(
        _ response: IncomingResponse, from environment: EnvironmentURL, to caller: DataverseCaller, hiding token: Secret
    ) throws(ConnectorError) {
        let body = try? JSONValue(parsing: response.body)
        guard response.status == .ok else {
            throw DataverseRefusal(response, body, hiding: token).meaning(environment, caller)
        }
        guard let body, body.objectValue != nil else {
            throw Self.notData(response.body, environment)
        }
        value = body
    }

    private static func notData(_ body: [UInt8], _ environment: EnvironmentURL) -> ConnectorError {
        if body.isEmpty { return .unusable(environment, "answered 200 with nothing") }
        guard VendorText.isPage(body) else { return .unusable(environment, "answered 200 with what is no JSON") }
        return ConnectorError(
            .environmentNotFound, "\(environment) answered with a page and not with data",
            hint: "check that the URL is that of the environment; a proxy on the way can answer in its place, too",
            fixedBy: .environmentAdministrator)
    }
}
