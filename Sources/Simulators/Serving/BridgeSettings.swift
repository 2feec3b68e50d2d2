import BridgeCore

/// What a bridge needs to know to use the stand-ins: its settings, and what connects a tenant to an environment.
package struct BridgeSettings: Sendable {
    /// Names and values of settings, in their order.
    package let settings: [(name: String, value: String)]
    package let connections: [Connection]

    /// A client that works, and the environment it reads.
    package struct Connection: Sendable {
        package let environment: String
        package let environmentURL: String
        package let tenantID: String
        package let clientID: String
        package let clientSecret: String
    }

    /// - Parameter certificateFile: the root that a bridge has to trust; `nil` for http.
    package init(_ simulator: Simulator, certificateFile: String?) {
        let sites = simulator.sites
        let connections = simulator.withWorld { Self.connections($0.population, sites) }
        self.connections = connections
        let transport =
            certificateFile.map { [("tls__ca_file", $0)] } ?? [("allow_insecure_loopback", "true")]
        let bridge = simulator.bridgeURL.map { [("public_url", $0)] } ?? []
        let places = bridge + [("cobrowse_api", sites[.control])]
        let hosts = [("dynamics__allowed_hosts", Self.host(of: sites[.entra]))]
        let client = connections.first.map {
            [("dynamics__client_id", $0.clientID), ("dynamics__client_secret", $0.clientSecret)]
        }
        settings =
            transport + places + [
                ("dynamics__authority_url", sites[.entra]), ("dynamics__discovery_url", sites[.discovery]),
            ]
            + hosts + (client ?? [])
    }

    /// Of each environment, the first client with an application user and a secret.
    private static func connections(_ population: Population, _ sites: SiteMap) -> [Connection] {
        population.environments.compactMap { environment in
            let client = population.clients.first { client in
                environment.users.place(ofApplicationID: client.id) != nil && !client.secrets.isEmpty
            }
            guard let client, let tenant = population.tenant(named: environment.tenant) else { return nil }
            return Connection(
                environment: environment.name, environmentURL: sites[.dataverse(environment.name)],
                tenantID: tenant.id.value, clientID: client.id.value, clientSecret: client.secrets[0].value)
        }
    }

    private static func host(of origin: String) -> String {
        let authority = origin.drop { $0 != "/" }.dropFirst(2)
        return String(authority[..<(authority.lastIndex(of: ":") ?? authority.endIndex)])
    }
}
