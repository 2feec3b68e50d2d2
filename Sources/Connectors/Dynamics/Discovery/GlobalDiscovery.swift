package import BridgeCore
package import HTTPMessage

/// The Global Discovery Service of one cloud: which environments a person can reach, in all of its regions.
///
/// It answers people alone: the token of an application is refused.
package struct GlobalDiscovery: Sendable {
    private let sender: any HTTPSender
    private let service: WebOrigin
    private let rules: EnvironmentRules

    package init(sender: any HTTPSender, cloud: DataverseCloud, rules: EnvironmentRules) {
        self.sender = sender
        service = rules.discovery(of: cloud)
        self.rules = rules
    }

    /// What tokens for it are asked for as.
    package var resource: TokenResource { TokenResource(service.description) }

    /// The environments of the person whose token it is; nobody's is an empty list, and no error.
    ///
    /// - Throws: `forbidden` where the service does not take the token, `upstream_unavailable`, `upstream_throttled`.
    package func organizations(_ token: AccessToken) async throws(ConnectorError) -> DynamicsOrganizations {
        let answer = try await value(token)
        guard let rows = answer["value"]?.arrayValue else { throw unusable }
        let enabled = rows.filter { $0["State"]?.integerValue == 0 }
        let items = enabled.compactMap { DynamicsOrganization($0, rules: rules) }
        return DynamicsOrganizations(
            items: items.sorted { ($0.name, $0.environment.text) < ($1.name, $1.environment.text) },
            disabledCount: rows.count - enabled.count)
    }

    private static let query = [
        (name: "$select", value: "Id,FriendlyName,Url,ApiUrl,State,TenantId,UniqueName,Region")
    ]

    private func value(_ token: AccessToken) async throws(ConnectorError) -> JSONValue {
        guard let url = RequestURL(origin: service, path: "/api/discovery/v2.0/Instances", query: Self.query) else {
            throw unusable
        }
        var request = OutgoingRequest(.get, url, to: HostRule(only: service))
        request.fields = [HTTPField(.accept, "application/json"), HTTPField(.oDataVersion, "4.0")]
        request.bearerToken = token.secret
        let response = try await sender.response(to: request)
        switch response.status.rawValue {
        case 200:
            guard let value = try? JSONValue(parsing: response.body) else { throw unusable }
            return value
        case 401, 403:
            throw ConnectorError(
                .forbidden, "\(service) answered \(response.status.rawValue): it does not take the person's token",
                hint: "sign in as a person of the organization, in the cloud of its environments",
                fixedBy: .tenantAdministrator, vendorCode: "\(response.status.rawValue)")
        case 429: throw .throttled(by: url, response)
        default: throw .unreadable(response, from: url)
        }
    }

    private var unusable: ConnectorError {
        ConnectorError(
            .upstreamUnavailable, "\(service) answered without the list that it was asked for", hint: "try again",
            fixedBy: .bridgeOperator)
    }
}
