import BridgeCore

/// What a bridge needs to know to use the stand-ins: its settings, and what connects a tenant to an environment or an org.
package struct BridgeSettings: Sendable {
    /// Names and values of settings, in their order.
    package let settings: [(name: String, value: String)]
    package let connections: [Connection]
    package let orgs: [OrgConnection]

    /// A client that works, and the environment it reads.
    package struct Connection: Sendable {
        package let environment: String
        package let environmentURL: String
        package let tenantID: String
        package let clientID: String
        package let clientSecret: String
    }

    /// An app that works in every way, and the org that its integration user reads.
    package struct OrgConnection: Sendable {
        package let org: String
        package let loginURL: String
        /// The consumer key and the consumer secret.
        package let clientID: String
        package let clientSecret: String
        /// Where the app's private key is found.
        package let keyURL: String
        package let integrationUsername: String
    }

    /// - Parameter certificateFile: the root that a bridge has to trust; `nil` for http.
    package init(_ simulator: Simulator, certificateFile: String?) {
        let sites = simulator.sites
        let connections = simulator.withWorld { Self.connections($0.population, sites) }
        self.connections = connections
        orgs = simulator.withWorld { Self.orgs($0.population, sites) }
        let transport =
            certificateFile.map { [("tls__ca_file", $0)] } ?? [("allow_insecure_loopback", "true")]
        let bridge = simulator.bridgeURL.map { [("public_url", $0)] } ?? []
        let places = bridge + [("cobrowse_api", sites[.control])]
        let host = Self.host(of: sites[.entra])
        let salesforce = [("salesforce__login_url", sites[.salesforceLogin]), ("salesforce__allowed_hosts", host)]
        let client = connections.first.map {
            [("dynamics__client_id", $0.clientID), ("dynamics__client_secret", $0.clientSecret)]
        }
        settings =
            transport + places + [
                ("dynamics__authority_url", sites[.entra]), ("dynamics__discovery_url", sites[.discovery]),
                ("dynamics__allowed_hosts", host),
            ]
            + (client ?? []) + salesforce
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

    /// Of each org, the first app with a secret, a key that can be had, and a user that it runs as.
    private static func orgs(_ population: Population, _ sites: SiteMap) -> [OrgConnection] {
        population.orgs.compactMap { org in
            guard let app = org.apps.first(where: { $0.hasGeneratedKey && $0.requiresSecret && $0.runAs != nil }),
                let user = app.runAs.flatMap({ org.users.user($0) })
            else { return nil }
            let path = ["simulator", "orgs", org.name, "connectedApps", app.name, "key"].map { PercentText.encode($0) }
            return OrgConnection(
                org: org.name, loginURL: sites[.salesforce(org.name)], clientID: app.consumerKey,
                clientSecret: app.consumerSecret,
                keyURL: "\(sites[.control])/\(path.joined(separator: "/"))", integrationUsername: user.username)
        }
    }

    private static func host(of origin: String) -> String {
        let authority = origin.drop { $0 != "/" }.dropFirst(2)
        return String(authority[..<(authority.lastIndex(of: ":") ?? authority.endIndex)])
    }
}
